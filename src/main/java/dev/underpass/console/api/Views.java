package dev.underpass.console.api;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.Service;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.view.Counts;
import dev.underpass.console.view.FindingView;
import dev.underpass.console.view.ReportView;
import dev.underpass.diagnosis.Pair;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The shapes of the API's answers about the cluster as a whole.
final class Views {

    private Views() {}

    /// The numbers of the first page.
    ///
    /// @param findings of each severity, muted ones too
    record OverviewView(
            String cluster,
            @Nullable String capturedAt,
            int nodes,
            Map<String, Long> pods,
            int services,
            Map<String, Long> pairs,
            Map<String, Long> findings,
            int mutedFindings,
            List<NodeReportView> reports,
            int unresolvedPods) {}

    /// How fresh a node's report is.
    record NodeReportView(String node, @Nullable String collectedAt, ReportView report) {}

    static OverviewView overview(ClusterView cluster, int muted) {
        var snapshot = cluster.analysis().snapshot();
        return new OverviewView(
                snapshot.name(),
                text(snapshot.capturedAt()),
                snapshot.nodes().size(),
                cluster.attachments(),
                snapshot.services().size(),
                Counts.byWord(cluster.pairs()),
                Counts.byWord(cluster.severities()),
                muted,
                snapshot.nodes().stream().map(node -> report(cluster, node)).toList(),
                cluster.unresolvedPods());
    }

    private static NodeReportView report(ClusterView cluster, Node node) {
        var report = ReportView.of(cluster.freshness(node.name()));
        return new NodeReportView(node.name().value(), report.collectedAt(), report);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /// A node.
    record NodeView(
            String name,
            List<String> addresses,
            @Nullable String reportedAt,
            @Nullable String kernel,
            @Nullable String kubeProxyMode,
            @Nullable Boolean masqueradeAll,
            @Nullable String clusterCidr,
            int pods,
            List<FindingView> findings,
            ReportView report,
            List<String> errors) {}

    static NodeView node(ClusterView cluster, Node node) {
        var report = cluster.analysis().snapshot().reports().get(node.name());
        var proxy = report == null ? null : report.host().kubeProxy();
        return new NodeView(
                node.name().value(),
                node.addresses().stream().map(Object::toString).toList(),
                report == null ? null : report.collectedAt().toString(),
                report == null ? node.kernel() : report.host().kernelRelease(),
                proxy == null ? null : proxy.mode(),
                proxy == null ? null : proxy.masqueradeAll(),
                proxy == null ? null : proxy.clusterCidr(),
                cluster.podsOn(node.name()).size(),
                cluster.findings(node.name()).stream().map(FindingView::of).toList(),
                ReportView.of(cluster.freshness(node.name())),
                report == null ? List.of() : report.host().errors());
    }

    /// A Service.
    record ServiceView(
            String namespace,
            String name,
            String type,
            List<String> clusterIps,
            List<PortView> ports,
            List<EndpointView> backends,
            Map<String, Long> reachability,
            List<ClassView> classes) {}

    /// A port of a Service.
    record PortView(String name, String protocol, int port, String targetPort) {}

    /// An endpoint of a Service.
    record EndpointView(
            List<String> addresses,
            boolean ready,
            @Nullable String node,
            @Nullable String pod) {}

    /// The Pods of one attachment, and how many of them reach the Service.
    record ClassView(String attachment, long reachable, long unreachable, long undetermined) {}

    static ServiceView service(ClusterView cluster, Service service) {
        var pairs = cluster.pairsOn(service);
        var reachability = new TreeMap<String, Long>();
        for (var fold : Fold.values()) {
            reachability.put(fold.name().toLowerCase(Locale.ROOT), count(pairs, fold));
        }
        return new ServiceView(
                service.name().namespace(),
                service.name().name(),
                service.type(),
                service.clusterIps().stream().map(Object::toString).toList(),
                service.ports().stream()
                        .map(port -> new PortView(port.name(), port.protocol().name(), port.port(), port.targetPort()))
                        .toList(),
                cluster.analysis().snapshot().endpointSlices().stream()
                        .filter(slice -> slice.service().equals(service.name()))
                        .flatMap(slice -> slice.endpoints().stream())
                        .map(Views::endpoint)
                        .toList(),
                reachability,
                classes(cluster, pairs));
    }

    private static EndpointView endpoint(EndpointSlice.Endpoint endpoint) {
        return new EndpointView(
                endpoint.addresses().stream().map(Object::toString).toList(),
                endpoint.ready(),
                text(endpoint.node()),
                text(endpoint.pod()));
    }

    private static long count(List<Pair> pairs, Fold fold) {
        return pairs.stream().filter(pair -> pair.fold() == fold).count();
    }

    private static List<ClassView> classes(ClusterView cluster, List<Pair> pairs) {
        var byAttachment = pairs.stream()
                .collect(groupingBy(
                        pair -> cluster.pod(pair.from())
                                .map(pod -> pod.analysis().network().attachment())
                                .orElse("unknown"),
                        TreeMap::new,
                        java.util.stream.Collectors.toList()));
        return byAttachment.entrySet().stream()
                .map(entry -> new ClassView(
                        entry.getKey(),
                        count(entry.getValue(), Fold.REACHABLE),
                        count(entry.getValue(), Fold.UNREACHABLE),
                        count(entry.getValue(), Fold.UNDETERMINED)))
                .toList();
    }
}
