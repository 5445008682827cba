package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.net.NetworkState;
import dev.underpass.report.FilterReport;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.HashMap;
import java.util.stream.Stream;

/// Takes one section out of every report of a snapshot.
final class Blinded {

    private Blinded() {}

    static Stream<String> sections() {
        return Stream.of(
                "links", "addresses", "rules", "routes", "neighbours", "sysctls", "packet filters", "listeners");
    }

    static ClusterSnapshot without(ClusterSnapshot snapshot, String section) {
        var reports = new HashMap<NodeName, NodeReport>();
        snapshot.reports().forEach((name, report) -> reports.put(name, blind(report, section)));
        return snapshot.withReports(reports);
    }

    private static NodeReport blind(NodeReport report, String section) {
        return withoutOfNode(report, section)
                .withPods(
                        report.pods().stream().map(pod -> without(pod, section)).toList());
    }

    /// Takes the section out of the node's own namespace alone.
    static NodeReport withoutOfNode(NodeReport report, String section) {
        var host = report.host();
        return report.withHost(host.with(blind(host.namespace(), section)));
    }

    static PodReport without(PodReport pod, String section) {
        return new PodReport(
                pod.namespace(), pod.name(), pod.uid(), pod.netns(), pod.error(), blind(pod.network(), section));
    }

    private static NamespaceReport blind(NamespaceReport report, String section) {
        boolean filters = section.equals("packet filters");
        return new NamespaceReport(
                blind(report.network(), section),
                report.netnsIds(),
                filters ? FilterReport.NOT_OBSERVED : report.filters(),
                report.ipvs(),
                section.equals("listeners") ? null : report.listeners(),
                report.resolvConf());
    }

    private static NetworkState blind(NetworkState state, String section) {
        return new NetworkState(
                section.equals("links") ? null : state.links(),
                section.equals("addresses") ? null : state.addresses(),
                section.equals("rules") ? null : state.rules(),
                state.rules6(),
                section.equals("routes") ? null : state.routes(),
                state.routes6(),
                section.equals("neighbours") ? null : state.neighbours(),
                state.proxyNeighbours(),
                section.equals("sysctls") ? null : state.sysctls());
    }
}
