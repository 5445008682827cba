package dev.underpass.cluster;

import java.util.List;
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
}
