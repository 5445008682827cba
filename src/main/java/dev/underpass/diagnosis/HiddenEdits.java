package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CoordinatorSettings;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Networks whose own coordinator settings win over an edited SpiderCoordinator.
final class HiddenEdits {

    private static final Map<String, Field> FIELDS = fields();

    /// Reads one field of the settings.
    @FunctionalInterface
    private interface Field {
        @Nullable
        Object apply(CoordinatorSettings settings);
    }

    private HiddenEdits() {}

    private static Map<String, Field> fields() {
        var fields = new LinkedHashMap<String, Field>();
        fields.put("mode", CoordinatorSettings::mode);
        fields.put("hijackCIDR", CoordinatorSettings::hijackCidrs);
        fields.put("hostRuleTable", CoordinatorSettings::hostRuleTable);
        fields.put("podDefaultRouteNIC", CoordinatorSettings::podDefaultRouteNic);
        fields.put("podRPFilter", CoordinatorSettings::podRpFilter);
        fields.put("tunePodRoutes", CoordinatorSettings::tunePodRoutes);
        fields.put("txQueueLen", CoordinatorSettings::txQueueLen);
        fields.put("podMACPrefix", CoordinatorSettings::podMacPrefix);
        fields.put("vethMTU", CoordinatorSettings::vethMtu);
        fields.put("vethLinkAddress", CoordinatorSettings::vethLinkAddress);
        return fields;
    }

    /// One sentence for each field and network.
    static List<String> of(ClusterSnapshot now, ClusterSnapshot edited) {
        var before = settings(now);
        var after = settings(edited);
        var hidden = new ArrayList<String>();
        FIELDS.forEach((name, field) -> {
            if (!Objects.equals(field.apply(before), field.apply(after))) {
                edited.spiderpool()
                        .networkAttachments()
                        .forEach(network -> hidden(network, name, field).ifPresent(hidden::add));
            }
        });
        return hidden;
    }

    private static CoordinatorSettings settings(ClusterSnapshot snapshot) {
        return snapshot.spiderpool().coordinators().stream()
                .findFirst()
                .map(coordinator -> coordinator.settings())
                .orElse(CoordinatorSettings.EMPTY);
    }

    private static Optional<String> hidden(NetworkAttachment network, String name, Field field) {
        var own = network.coordinator() == null ? null : field.apply(network.coordinator());
        return own == null
                ? Optional.empty()
                : Optional.of("%s: no effect for Pods of network %s, which sets it to %s itself"
                        .formatted(name, network.name(), own));
    }
}
