package dev.underpass.cluster;

import dev.underpass.report.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that is known of a cluster at one instant. Immutable; a change makes a new one.
///
/// @param name the cluster's name for people
/// @param capturedAt when it was true
/// @param reports the newest report of each node that has one
/// @param fabric what is known of the network outside the nodes
public record ClusterSnapshot(
        String name,
        @Nullable Instant capturedAt,
        String comment,
        List<Node> nodes,
        List<Pod> pods,
        List<Service> services,
        List<EndpointSlice> endpointSlices,
        SpiderpoolResources spiderpool,
        CniResources cni,
        Map<NodeName, NodeReport> reports,
        Fabric fabric) {

    public ClusterSnapshot {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        endpointSlices = List.copyOf(endpointSlices);
        reports = Map.copyOf(reports);
    }
}
