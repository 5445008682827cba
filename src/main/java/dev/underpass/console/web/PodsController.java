package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.PodQuery;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.PodSummary;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The list of Pods, and one Pod with its tabs.
@Controller
class PodsController {

    private final CurrentAnalysis analysis;

    PodsController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping("/pods")
    Mono<Rendering> pods(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "1") int page) {
        return analysis.current()
                .map(cluster -> Rendering.view("pods")
                        .modelAttribute("page", list(cluster, q, page))
                        .build());
    }

    /// A query that cannot be understood shows its error above all Pods, so that nothing typed is lost.
    private static PodsPage list(ClusterView cluster, String q, int page) {
        try {
            var query = PodQuery.parse(q);
            var found = query.among(cluster);
            return new PodsPage(
                    q, query, "", Paging.of(found, page), cluster.pods().size());
        } catch (InvalidInputException e) {
            if (!e.field().equals("q")) {
                throw e;
            }
            var all = Paging.of(cluster.pods(), 1);
            return new PodsPage(
                    q,
                    PodQuery.parse(""),
                    String.valueOf(e.getMessage()),
                    all,
                    cluster.pods().size());
        }
    }

    /// What the list shows.
    ///
    /// @param error what is wrong with the query, empty when nothing is
    record PodsPage(String q, PodQuery query, String error, Paging<PodSummary> pods, int all) {}

    @GetMapping("/pods/{namespace}/{name}")
    Mono<Rendering> summary(@PathVariable String namespace, @PathVariable String name) {
        return tab(namespace, name, "summary", (cluster, pod) -> PodTabs.summary(cluster, pod));
    }

    @GetMapping("/pods/{namespace}/{name}/routes")
    Mono<Rendering> routes(
            @PathVariable String namespace, @PathVariable String name, @RequestParam(defaultValue = "") String dst) {
        return tab(namespace, name, "routes", (cluster, pod) -> RoutesTab.of(cluster, pod, dst));
    }

    @GetMapping("/pods/{namespace}/{name}/services")
    Mono<Rendering> services(@PathVariable String namespace, @PathVariable String name) {
        return tab(namespace, name, "services", (cluster, pod) -> PodTabs.services(cluster, pod));
    }

    @GetMapping("/pods/{namespace}/{name}/interfaces")
    Mono<Rendering> interfaces(@PathVariable String namespace, @PathVariable String name) {
        return tab(namespace, name, "interfaces", (cluster, pod) -> PodTabs.interfaces(cluster, pod));
    }

    @FunctionalInterface
    private interface TabContent {
        Object of(ClusterView cluster, PodSummary pod);
    }

    private Mono<Rendering> tab(String namespace, String name, String tab, TabContent content) {
        return analysis.current().map(cluster -> {
            var pod = cluster.pod(new ObjectName(namespace, name))
                    .orElseThrow(() -> new NotFoundException("There is no Pod %s/%s.".formatted(namespace, name)));
            return Rendering.view("pod-" + tab)
                    .modelAttribute("pod", pod)
                    .modelAttribute("tab", tab)
                    .modelAttribute("page", content.of(cluster, pod))
                    .build();
        });
    }
}
