package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.CoordinatorSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A setting of the coordinator that both a SpiderCoordinator and a network can give.
///
/// @param byDefault what the API server writes where the field is missing; empty where it writes nothing
/// @param reader how it is read of a stored object
record Setting(String field, String byDefault, Function<CoordinatorSettings, @Nullable Object> reader) {

    private static final String HIJACK_CIDR = "hijackCIDR";

    static final List<Setting> ALL = List.of(
            new Setting("mode", "auto", CoordinatorSettings::mode),
            new Setting("podCIDRType", "", CoordinatorSettings::podCidrType),
            new Setting(HIJACK_CIDR, "", CoordinatorSettings::hijackCidrs),
            new Setting("hostRuleTable", "500", CoordinatorSettings::hostRuleTable),
            new Setting("podDefaultRouteNIC", "", CoordinatorSettings::podDefaultRouteNic),
            new Setting("podRPFilter", "0", CoordinatorSettings::podRpFilter),
            new Setting("tunePodRoutes", "true", CoordinatorSettings::tunePodRoutes),
            new Setting("txQueueLen", "0", CoordinatorSettings::txQueueLen),
            new Setting("podMACPrefix", "", CoordinatorSettings::podMacPrefix),
            new Setting("vethMTU", "", CoordinatorSettings::vethMtu),
            new Setting("vethLinkAddress", "", CoordinatorSettings::vethLinkAddress));

    /// Its value as text, if it is given.
    Optional<String> in(CoordinatorSettings settings) {
        return Optional.ofNullable(reader.apply(settings)).map(Object::toString);
    }

    /// Its value as text, with the default for a missing one.
    String of(CoordinatorSettings settings) {
        return in(settings).filter(text -> !text.equals("[]")).orElse(byDefault);
    }

    /// Its value as text, with the default for a missing one.
    String of(Part settings) {
        if (field.equals(HIJACK_CIDR)) {
            var cidrs = settings.texts(field).stream().map(Part.Entry::text).toList();
            return cidrs.isEmpty() ? byDefault : cidrs.toString();
        }
        return settings.text(field)
                .or(() -> settings.whole(field).map(String::valueOf))
                .or(() -> settings.has(field)
                        ? Optional.of(String.valueOf(settings.flag(field, true)))
                        : Optional.empty())
                .orElse(byDefault);
    }
}
