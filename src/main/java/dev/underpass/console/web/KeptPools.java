package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.PoolAddresses;
import dev.underpass.console.edit.PoolAddresses.StateRange;
import dev.underpass.diagnosis.edit.AddressRanges;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// What is worked out of all addresses of a pool, once for each analysis and each state of the pool: there may be tens
/// of thousands.
@Component
class KeptPools {

    private final PerAnalysis<Map<String, Parts>> kept = new PerAnalysis<>();

    /// @param object the pool itself
    /// @param leaked the addresses whose Pods are gone
    record Parts(ObjectNode object, PoolAddresses addresses, List<StateRange> ranges, AddressRanges leaked) {}

    Parts of(ClusterView cluster, String name, ObjectNode object) {
        return kept.get(cluster, _ -> new ConcurrentHashMap<>())
                .compute(
                        name,
                        (_, known) -> known != null && known.object().equals(object) ? known : made(cluster, object));
    }

    private static Parts made(ClusterView cluster, ObjectNode object) {
        var addresses = PoolAddresses.of(cluster.analysis().snapshot(), object);
        return new Parts(object, addresses, addresses.ranges(), PoolSource.leaked(cluster, addresses));
    }
}
