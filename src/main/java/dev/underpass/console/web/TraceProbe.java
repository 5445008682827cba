package dev.underpass.console.web;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.probes.ProbeViews.ProbeView;
import dev.underpass.console.probes.Probing;
import org.jspecify.annotations.Nullable;

/// A real connection beside the answer that was worked out.
///
/// @param node of the client; absent while it is pending
/// @param ready whether the node's agent would probe now
/// @param probe the last one; absent until somebody asks for one
/// @param forgotten whether one was asked for that is not known any more
record TraceProbe(
        @Nullable NodeName node, boolean ready, @Nullable ProbeView probe, boolean forgotten) {

    /// @param id of the last probe; empty where there was none
    static TraceProbe of(Probing probing, ClusterView cluster, ObjectName from, String id) {
        var node = cluster.pod(from).orElseThrow().analysis().pod().node();
        var probe = id.isEmpty() ? null : probe(probing, id);
        boolean others = probe != null && !probe.pod().equals(from.toString());
        return new TraceProbe(
                node, probing.takes(node), others ? null : probe, !id.isEmpty() && (probe == null || others));
    }

    private static @Nullable ProbeView probe(Probing probing, String id) {
        try {
            return probing.probe(id);
        } catch (NotFoundException _) {
            return null;
        }
    }
}
