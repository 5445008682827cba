package dev.underpass.reachability;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;

/// Follows connections through one snapshot of a cluster.
public interface Tracer {

    /// What happens to a connection from the Pod to the target.
    ///
    /// @throws IllegalArgumentException if the snapshot has no such Pod
    Trace trace(ObjectName from, Target to);

    /// A tracer of a snapshot; it shares what it works out between traces and may be used by several threads.
    static Tracer of(ClusterSnapshot snapshot) {
        throw new IllegalStateException("no tracer for " + snapshot.name());
    }
}
