package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import dev.underpass.cluster.ObjectName;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// How connections to Services end, the same for some Pods.
///
/// @param pods how many
record Asked(Map<ObjectName, Tally> services, int pods) {

    /// Pods that share one map are told together.
    static List<Asked> of(List<Cohort> cohorts) {
        return cohorts.stream()
                .collect(groupingBy(each -> each.first().services(), IdentityHashMap::new, summingInt(Cohort::size)))
                .entrySet()
                .stream()
                .map(entry -> new Asked(entry.getKey(), entry.getValue()))
                .toList();
    }
}
