package dev.underpass.console.edit;

import static java.util.stream.Collectors.toMap;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.objects.Kinds;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// The SpiderIPPools as the API, the bundle or a recording has them, for those who show them.
@Component
public class StoredPools {

    private final Stored stored;

    StoredPools(Stored stored) {
        this.stored = stored;
    }

    /// The pool with its status.
    ///
    /// @throws NotFoundException if there is none of this name
    /// @throws RefusedException if it cannot be read
    public ObjectNode pool(ClusterView cluster, String name) {
        var pool = ObjectRef.of(EditedKind.IP_POOL, name);
        return cluster.recorded() ? Stored.object(pool, cluster.recorded(Kinds.IP_POOL)) : stored.object(pool);
    }

    /// All pools by name.
    ///
    /// @throws RefusedException if they cannot be listed
    public Map<String, ObjectNode> all(ClusterView cluster) {
        var pools = cluster.recorded()
                ? Stored.all(EditedKind.IP_POOL, cluster.recorded(Kinds.IP_POOL))
                : stored.all(EditedKind.IP_POOL);
        return pools.stream()
                .collect(toMap(
                        pool -> pool.path("metadata").path("name").asString(""), pool -> pool, (first, _) -> first));
    }
}
