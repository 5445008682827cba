package dev.underpass.cluster;

import dev.underpass.net.IpPrefix;
import dev.underpass.report.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that is known of a cluster at one instant. Immutable; a change makes a new one.
///
/// @param name the cluster's name for people
/// @param capturedAt when it was true
/// @param reports the newest report of each node that has one
/// @param fabric what is known of the network outside the nodes
/// @param unobserved the resources, such as `endpointslices.discovery.k8s.io`, of which nothing could be read: their
///     lists are empty here, and that says nothing
/// @param rangesSince when ranges were first asked for to be steered to nodes, of those that somebody saw come
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
        Policies policies,
        Map<NodeName, NodeReport> reports,
        Fabric fabric,
        Set<String> unobserved,
        Map<IpPrefix, Instant> rangesSince) {

    public ClusterSnapshot {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        endpointSlices = List.copyOf(endpointSlices);
        reports = Map.copyOf(reports);
        unobserved = Set.copyOf(unobserved);
        rangesSince = Map.copyOf(rangesSince);
    }

    /// Whether the resource could be read, so that an empty list of it means that there is none.
    public boolean observes(String resource) {
        return !unobserved.contains(resource);
    }

    /// The same cluster, of which these resources could not be read.
    public ClusterSnapshot withUnobserved(Set<String> resources) {
        return with(spiderpool, cni, reports, resources, rangesSince);
    }

    /// The same cluster with other Spiderpool and CNI resources.
    public ClusterSnapshot with(SpiderpoolResources itsSpiderpool, CniResources itsCni) {
        return with(itsSpiderpool, itsCni, reports, unobserved, rangesSince);
    }

    /// The same cluster with other reports.
    public ClusterSnapshot withReports(Map<NodeName, NodeReport> others) {
        return with(spiderpool, cni, others, unobserved, rangesSince);
    }

    /// The same cluster, of whose ranges this was seen.
    public ClusterSnapshot withRangesSince(Map<IpPrefix, Instant> seen) {
        return with(spiderpool, cni, reports, unobserved, seen);
    }

    private ClusterSnapshot with(
            SpiderpoolResources itsSpiderpool,
            CniResources itsCni,
            Map<NodeName, NodeReport> itsReports,
            Set<String> resources,
            Map<IpPrefix, Instant> since) {
        return new ClusterSnapshot(
                name,
                capturedAt,
                comment,
                nodes,
                pods,
                services,
                endpointSlices,
                itsSpiderpool,
                itsCni,
                policies,
                itsReports,
                fabric,
                resources,
                since);
    }
}
