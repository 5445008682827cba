package dev.underpass.console.web;

import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.Filtered;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.api.Lookup;
import dev.underpass.diagnosis.Finding;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.report.NodeReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The pages on Services and nodes.
@Controller
class ClusterPagesController {

    private final CurrentAnalysis analysis;

    ClusterPagesController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    private Mono<Rendering> page(String view, java.util.function.Function<ClusterView, Object> content) {
        return analysis.current()
                .map(cluster -> Rendering.view(view)
                        .modelAttribute("page", content.apply(cluster))
                        .build());
    }

    @GetMapping("/services")
    Mono<Rendering> services(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return page("services", cluster -> services(cluster, q, sort, page));
    }

    private static Listing<ServiceRow> services(ClusterView cluster, String q, String sort, int page) {
        var all = Lookup.services(cluster);
        return ListColumns.services(cluster)
                .page(Filtered.of(ListWords.services(cluster), q, all), sort, page)
                .map(service -> ServiceRow.of(cluster, service));
    }

    /// A Service, and how many of the Pods reach it.
    record ServiceRow(Service service, Map<Disposition, Long> counts) {

        static ServiceRow of(ClusterView cluster, Service service) {
            return new ServiceRow(service, cluster.countsOn(service));
        }

        public long count(String fold) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getKey().fold() == Fold.valueOf(fold))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    @GetMapping("/services/{namespace}/{name}")
    Mono<Rendering> service(
            @PathVariable String namespace, @PathVariable String name, @RequestParam(defaultValue = "1") int page) {
        return page(
                "service",
                cluster -> ServicePage.of(cluster, Lookup.service(cluster, new ObjectName(namespace, name)), page));
    }

    @GetMapping("/nodes")
    Mono<Rendering> nodes(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return page("nodes", cluster -> nodes(cluster, q, sort, page));
    }

    private static Listing<NodePage> nodes(ClusterView cluster, String q, String sort, int page) {
        var all = cluster.analysis().snapshot().nodes();
        return ListColumns.nodes(cluster)
                .page(Filtered.of(ListWords.nodes(cluster), q, all), sort, page)
                .map(node -> NodePage.of(cluster, node, ""));
    }

    @GetMapping("/nodes/{name}")
    Mono<Rendering> node(@PathVariable String name, @RequestParam(defaultValue = "") String line) {
        return page("node", cluster -> NodePage.of(cluster, Lookup.node(cluster, new NodeName(name)), line));
    }

    /// A node, its report, its Pods and its findings.
    ///
    /// @param line the anchor of a rule or route that the page must have; empty for none
    record NodePage(
            Node node, @Nullable NodeReport report, List<PodSummary> pods, List<Finding> findings, String line) {

        static NodePage of(ClusterView cluster, Node node, String line) {
            return new NodePage(
                    node,
                    cluster.analysis().snapshot().reports().get(node.name()),
                    cluster.podsOn(node.name()),
                    cluster.findings(node.name()),
                    line);
        }

        /// What the node routes by; absent where nothing was reported of it.
        public @Nullable HostTables host() {
            return report == null ? null : HostTables.of(report, pods, line);
        }
    }
}
