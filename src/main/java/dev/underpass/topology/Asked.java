package dev.underpass.topology;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.ObjectName;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// How connections to Services end, the same for some Pods.
///
/// @param pods how many
record Asked(Map<ObjectName, Tally> services, long pods) {

    /// Pods that share one map are told together.
    static List<Asked> of(List<Placement> placements) {
        return placements.stream()
                .collect(groupingBy(Placement::services, IdentityHashMap::new, counting()))
                .entrySet()
                .stream()
                .map(entry -> new Asked(entry.getKey(), entry.getValue()))
                .toList();
    }
}
