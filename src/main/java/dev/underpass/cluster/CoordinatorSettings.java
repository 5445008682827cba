package dev.underpass.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The coordinator's settings as one resource gives them; what it leaves out is null.
///
/// @param mode `auto`, `underlay`, `overlay`, `disabled` (the resource) or `disable` (the plugin)
/// @param hijackCidrs as written, because the API accepts anything
public record CoordinatorSettings(
        @Nullable String mode,
        @Nullable String podCidrType,
        @Nullable List<String> hijackCidrs,
        @Nullable Integer hostRuleTable,
        @Nullable String podDefaultRouteNic,
        @Nullable Integer podRpFilter,
        @Nullable Boolean tunePodRoutes,
        @Nullable Integer txQueueLen,
        @Nullable String podMacPrefix,
        @Nullable Integer vethMtu,
        @Nullable String vethLinkAddress) {

    public static final CoordinatorSettings EMPTY =
            new CoordinatorSettings(null, null, null, null, null, null, null, null, null, null, null);

    public CoordinatorSettings {
        hijackCidrs = hijackCidrs == null ? null : List.copyOf(hijackCidrs);
    }

    /// What is given, by the fields' names in the resource and in their order there.
    public Map<String, Object> given() {
        var given = new LinkedHashMap<String, Object>();
        put(given, "mode", mode);
        put(given, "podCIDRType", podCidrType);
        put(given, "hijackCIDR", hijackCidrs);
        put(given, "hostRuleTable", hostRuleTable);
        put(given, "podDefaultRouteNIC", podDefaultRouteNic);
        put(given, "podRPFilter", podRpFilter);
        put(given, "tunePodRoutes", tunePodRoutes);
        put(given, "txQueueLen", txQueueLen);
        put(given, "podMACPrefix", podMacPrefix);
        put(given, "vethMTU", vethMtu);
        put(given, "vethLinkAddress", vethLinkAddress);
        return given;
    }

    private static void put(Map<String, Object> given, String field, @Nullable Object value) {
        if (value != null) {
            given.put(field, value);
        }
    }
}
