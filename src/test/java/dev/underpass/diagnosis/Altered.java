package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Route;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes what was read in one namespace of a recording.
final class Altered {

    private Altered() {}

    /// @param name of a Pod or a node
    static ClusterSnapshot network(ClusterSnapshot snapshot, String name, UnaryOperator<NetworkState> change) {
        return namespace(snapshot, name, report -> altered(report, change));
    }

    /// @param name of a Pod or a node
    static ClusterSnapshot namespace(ClusterSnapshot snapshot, String name, UnaryOperator<NamespaceReport> change) {
        var reports = new HashMap<NodeName, NodeReport>();
        snapshot.reports().forEach((node, report) -> reports.put(node, altered(report, name, change)));
        return snapshot.withReports(reports);
    }

    /// A state with other links, IPv4 routes and neighbours.
    static NetworkState state(
            NetworkState state,
            @Nullable List<Link> links,
            @Nullable List<Route> routes,
            @Nullable List<Neighbour> neighbours) {
        return new NetworkState(
                links,
                state.addresses(),
                state.rules(),
                state.rules6(),
                routes,
                state.routes6(),
                neighbours,
                state.proxyNeighbours(),
                state.sysctls());
    }

    private static NodeReport altered(NodeReport report, String name, UnaryOperator<NamespaceReport> change) {
        var host = report.host();
        var namespace = report.node().equals(name) ? change.apply(host.namespace()) : host.namespace();
        return report.withHost(host.with(namespace))
                .withPods(report.pods().stream()
                        .map(pod -> pod.name().equals(name) ? altered(pod, change) : pod)
                        .toList());
    }

    private static PodReport altered(PodReport pod, UnaryOperator<NamespaceReport> change) {
        return new PodReport(
                pod.namespace(), pod.name(), pod.uid(), pod.netns(), pod.error(), change.apply(pod.network()));
    }

    private static NamespaceReport altered(NamespaceReport report, UnaryOperator<NetworkState> change) {
        return new NamespaceReport(
                change.apply(report.network()),
                report.netnsIds(),
                report.filters(),
                report.ipvs(),
                report.listeners(),
                report.resolvConf());
    }
}
