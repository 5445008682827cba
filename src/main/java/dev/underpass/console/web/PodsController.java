package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.Filtered;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.PodQuery;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.journal.PodHistory;
import dev.underpass.console.recordings.OpenRecordings;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The list of Pods, and one Pod with its tabs.
@Controller
class PodsController {

    private final CurrentAnalysis analysis;
    private final PodHistory history;
    private final OpenRecordings recordings;
    private final Clock clock;
    private final PerAnalysis<PodFacets> ofAll = new PerAnalysis<>();

    PodsController(CurrentAnalysis analysis, PodHistory history, OpenRecordings recordings, Clock clock) {
        this.recordings = recordings;
        this.analysis = analysis;
        this.history = history;
        this.clock = clock;
    }

    @GetMapping("/pods")
    Mono<Rendering> pods(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return analysis.current().map(cluster -> list(cluster, q, sort, page));
    }

    private Rendering list(ClusterView cluster, String q, String sort, int page) {
        var list = Filtered.of(PodQuery.VOCABULARY, q, PodQuery.subjects(cluster));
        var listing = ListColumns.pods().page(list, sort, page);
        return Rendering.view("pods")
                .modelAttribute("page", listing.map(PodQuery.Subject::pod))
                .modelAttribute("facets", facets(cluster, list))
                .build();
    }

    /// Those of all Pods are worked out once for each analysis; a query that is not clear cannot be narrowed.
    private PodFacets facets(ClusterView cluster, Filtered<PodQuery.Subject> list) {
        if (list.isUnclear()) {
            return PodFacets.NONE;
        }
        return list.query().tokens().isEmpty()
                ? ofAll.get(cluster, _ -> PodFacets.of(list.found()))
                : PodFacets.of(list.found());
    }

    @GetMapping("/pods/{namespace}/{name}")
    Mono<Rendering> summary(@PathVariable String namespace, @PathVariable String name) {
        return tab(namespace, name, "summary", (cluster, pod) -> PodTabs.summary(cluster, pod));
    }

    @GetMapping("/pods/{namespace}/{name}/routes")
    Mono<Rendering> routes(
            @PathVariable String namespace, @PathVariable String name, @ModelAttribute RoutesTab.Asked asked) {
        return analysis.current()
                .flatMap(cluster -> Beside.of(asked.with(), cluster, recordings)
                        .map(beside -> rendered(cluster, namespace, name, "routes", (_, pod) -> {
                            var drifted = Drifted.of(cluster, pod, history, clock.instant());
                            return RoutesTab.of(cluster, pod, asked, drifted, beside);
                        })));
    }

    @GetMapping("/pods/{namespace}/{name}/services")
    Mono<Rendering> services(
            @PathVariable String namespace, @PathVariable String name, @RequestParam(defaultValue = "1") int page) {
        return tab(namespace, name, "services", (cluster, pod) -> PodTabs.services(cluster, pod, page));
    }

    @GetMapping("/pods/{namespace}/{name}/interfaces")
    Mono<Rendering> interfaces(@PathVariable String namespace, @PathVariable String name) {
        return tab(namespace, name, "interfaces", (cluster, pod) -> PodTabs.interfaces(cluster, pod));
    }

    @GetMapping("/pods/{namespace}/{name}/events")
    Mono<Rendering> events(
            @PathVariable String namespace, @PathVariable String name, @RequestParam(defaultValue = "1") int page) {
        return tab(
                namespace,
                name,
                "events",
                (cluster, pod) -> new EventsTab(
                        Paging.of(history.of(cluster, pod), page),
                        history.since(),
                        analysis.live().isPresent()));
    }

    /// What is known to have happened, the newest first.
    ///
    /// @param since from when on the routes of reports were compared
    /// @param live whether a cluster is watched, so that changes of its configuration are seen
    record EventsTab(Paging<PodHistory.Event> events, Instant since, boolean live) {}

    @GetMapping("/pods/{namespace}/{name}/yaml")
    Mono<Rendering> yaml(@PathVariable String namespace, @PathVariable String name) {
        return tab(
                namespace, name, "yaml", (_, pod) -> PodYaml.of(pod.analysis().pod()));
    }

    @FunctionalInterface
    private interface TabContent {
        Object of(ClusterView cluster, PodSummary pod);
    }

    private Mono<Rendering> tab(String namespace, String name, String tab, TabContent content) {
        return analysis.current().map(cluster -> rendered(cluster, namespace, name, tab, content));
    }

    private static Rendering rendered(
            ClusterView cluster, String namespace, String name, String tab, TabContent content) {
        var pod = cluster.pod(new ObjectName(namespace, name))
                .orElseThrow(() -> new NotFoundException(Phrases.NO_POD.with(namespace + "/" + name)));
        return Rendering.view("pod-" + tab)
                .modelAttribute("pod", pod)
                .modelAttribute("tab", tab)
                .modelAttribute("page", content.of(cluster, pod))
                .build();
    }
}
