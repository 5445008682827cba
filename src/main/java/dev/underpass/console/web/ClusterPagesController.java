package dev.underpass.console.web;

import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.console.Filtered;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.api.FindingFilter;
import dev.underpass.console.api.Lookup;
import dev.underpass.diagnosis.Code;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Severity;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
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

/// The pages on Services, nodes and findings.
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
        return page("services", cluster -> ServicesPage.of(cluster, q, sort, page));
    }

    /// The Services that pass the filter; those of one page with their counts.
    record ServicesPage(
            Filtered<Service> list, ListAddress address, Paging<Service> services, List<ServiceRow> rows) {

        static ServicesPage of(ClusterView cluster, String q, String sort, int page) {
            var list = Filtered.of(ListWords.services(cluster), q, Lookup.services(cluster));
            var sorted = ListColumns.services(cluster).sort("/services", list, sort);
            var services = Paging.of(sorted.rows(), page);
            return new ServicesPage(
                    list,
                    sorted.address(),
                    services,
                    services.items().stream()
                            .map(service -> ServiceRow.of(cluster, service))
                            .toList());
        }
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

    /// One Service with the verdicts of one page of Pods, the worst first.
    record ServicePage(Service service, Paging<Pair> pairs, List<Verdict> verdicts) {

        static ServicePage of(ClusterView cluster, Service service, int page) {
            var pairs = Paging.of(
                    cluster.pairsOn(service).stream().sorted(Pair.WORST_FIRST).toList(), page);
            return new ServicePage(
                    service, pairs, pairs.items().stream().map(cluster::verdict).toList());
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
        return page("nodes", cluster -> NodesPage.of(cluster, q, sort, page));
    }

    /// The nodes that pass the filter; those of one page with all that a row shows.
    record NodesPage(Filtered<Node> list, ListAddress address, Paging<Node> nodes, List<NodePage> rows) {

        static NodesPage of(ClusterView cluster, String q, String sort, int page) {
            var list = Filtered.of(
                    ListWords.nodes(cluster), q, cluster.analysis().snapshot().nodes());
            var sorted = ListColumns.nodes(cluster).sort("/nodes", list, sort);
            var nodes = Paging.of(sorted.rows(), page);
            return new NodesPage(
                    list,
                    sorted.address(),
                    nodes,
                    nodes.items().stream()
                            .map(node -> NodePage.of(cluster, node))
                            .toList());
        }
    }

    @GetMapping("/nodes/{name}")
    Mono<Rendering> node(@PathVariable String name) {
        return page("node", cluster -> NodePage.of(cluster, Lookup.node(cluster, new NodeName(name))));
    }

    /// A node, its report, its Pods and its findings.
    record NodePage(Node node, @Nullable NodeReport report, List<PodSummary> pods, List<Finding> findings) {

        static NodePage of(ClusterView cluster, Node node) {
            return new NodePage(
                    node,
                    cluster.analysis().snapshot().reports().get(node.name()),
                    cluster.podsOn(node.name()),
                    cluster.findings(node.name()));
        }

        /// What the node routes by; absent where nothing was reported of it.
        public @Nullable HostTables host() {
            return report == null
                    ? null
                    : HostTables.of(report.host().namespace().network(), pods);
        }
    }

    @GetMapping("/findings")
    Mono<Rendering> findings(
            @RequestParam(defaultValue = "") String severity, @RequestParam(defaultValue = "") String q) {
        var asked = severity.isBlank() ? q : ("severity:" + severity.strip() + " " + q).strip();
        return page(
                "findings",
                cluster -> new FindingsPage(
                        Filtered.of(ListWords.FINDINGS, asked, cluster.findings()),
                        new ListAddress("/findings", asked, Order.NONE),
                        cluster.severities()));
    }

    /// The findings that pass the filter, and how many there are of each severity in all.
    record FindingsPage(Filtered<Finding> list, ListAddress address, Map<Severity, Long> severities) {}

    @GetMapping("/findings/{code}")
    Mono<Rendering> finding(@PathVariable String code) {
        var known = Code.valueOf(code.toUpperCase(java.util.Locale.ROOT));
        return page(
                "finding",
                cluster -> new FindingPage(
                        known,
                        CodeHelp.of(known),
                        known.mendedByRestart(),
                        FindingFilter.of("", known.name(), "").among(cluster.findings())));
    }

    /// One code: what it means, and where it is found in this cluster.
    ///
    /// @param restart whether restarting Pods is part of the remedy
    record FindingPage(Code code, List<CodeHelp.Section> help, boolean restart, List<Finding> findings) {}

    @GetMapping("/findings/{code}/workloads")
    Mono<Rendering> workloads(@PathVariable String code) {
        var known = Code.valueOf(code.toUpperCase(java.util.Locale.ROOT));
        return page("workloads", cluster -> {
            var pods = StalePods.affected(cluster, known);
            return new WorkloadsPage(known, pods.size(), StalePods.workloads(cluster, pods));
        });
    }

    /// What to restart because of one code.
    record WorkloadsPage(Code code, int pods, List<StalePods.Workload> workloads) {

        /// The lines that restart all of them.
        public String commands() {
            return workloads.stream()
                    .map(StalePods.Workload::command)
                    .filter(command -> !command.isEmpty())
                    .collect(java.util.stream.Collectors.joining("\n"));
        }
    }
}
