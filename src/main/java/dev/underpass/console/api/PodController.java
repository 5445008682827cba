package dev.underpass.console.api;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.PodQuery;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.api.PodViews.PodDetailView;
import dev.underpass.console.api.PodViews.PodView;
import dev.underpass.console.api.PodViews.ReachabilityView;
import dev.underpass.console.api.PodViews.RoutesView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Reads of Pods.
@RestController
@RequestMapping("/api/v1/pods")
class PodController {

    private final CurrentAnalysis analysis;

    PodController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping
    Mono<Page<PodView>> pods(
            @RequestParam(defaultValue = "") String namespace,
            @RequestParam(defaultValue = "") String node,
            @RequestParam(defaultValue = "") String attachment,
            @RequestParam(defaultValue = "") String disposition,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        var query = PodQuery.parse(q)
                .with("ns", namespace)
                .with("node", node)
                .with("attachment", attachment)
                .with("disposition", disposition);
        return analysis.current()
                .map(cluster -> Page.of(query.among(cluster), limit, from, pod -> PodViews.pod(cluster, pod)));
    }

    @GetMapping("/{namespace}/{name}")
    Mono<PodDetailView> pod(@PathVariable String namespace, @PathVariable String name) {
        return analysis.current().map(cluster -> PodViews.detail(cluster, found(cluster, namespace, name)));
    }

    @GetMapping("/{namespace}/{name}/routes")
    Mono<RoutesView> routes(@PathVariable String namespace, @PathVariable String name) {
        return analysis.current().map(cluster -> PodViews.routes(cluster, found(cluster, namespace, name)));
    }

    @GetMapping("/{namespace}/{name}/reachability")
    Mono<Page<ReachabilityView>> reachability(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current()
                .map(cluster -> Page.of(
                        cluster.verdicts(found(cluster, namespace, name).name()), limit, from, PodViews::reachability));
    }

    private static PodSummary found(ClusterView cluster, String namespace, String name) {
        return cluster.pod(new ObjectName(namespace, name))
                .orElseThrow(() -> new NotFoundException(Phrases.NO_POD.with(namespace + "/" + name)));
    }
}
