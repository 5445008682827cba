package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.CoordinatorSettings;
import java.util.List;
import java.util.Optional;

/// A setting of the coordinator that both a SpiderCoordinator and a network can give.
///
/// @param byDefault what the API server writes where the field is missing; empty where it writes nothing
public record Setting(String field, String byDefault) {

    private static final String HIJACK_CIDR = "hijackCIDR";

    public static final List<Setting> ALL = List.of(
            new Setting("mode", "auto"),
            new Setting("podCIDRType", ""),
            new Setting(HIJACK_CIDR, ""),
            new Setting("hostRuleTable", "500"),
            new Setting("podDefaultRouteNIC", ""),
            new Setting("podRPFilter", "0"),
            new Setting("tunePodRoutes", "true"),
            new Setting("txQueueLen", "0"),
            new Setting("podMACPrefix", ""),
            new Setting("vethMTU", ""),
            new Setting("vethLinkAddress", ""));

    /// Its value as text, if it is given.
    public Optional<String> in(CoordinatorSettings settings) {
        return Optional.ofNullable(settings.given().get(field)).map(Object::toString);
    }

    /// Its value as text, with the default for a missing one.
    public String of(CoordinatorSettings settings) {
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
