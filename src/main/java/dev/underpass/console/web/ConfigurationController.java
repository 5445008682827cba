package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.Filtered;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.diagnosis.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The pages on the coordinator and the networks.
@Controller
class ConfigurationController {

    private final CurrentAnalysis analysis;

    ConfigurationController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    private Mono<Rendering> page(String view, Function<ClusterView, Object> content) {
        return analysis.current()
                .map(cluster -> Rendering.view(view)
                        .modelAttribute("page", content.apply(cluster))
                        .build());
    }

    private Sight sight(ClusterView cluster, Kind<?> kind) {
        return Sight.of(analysis.resourceStates(), cluster.analysis().snapshot(), kind);
    }

    @GetMapping("/coordinator")
    Mono<Rendering> coordinator() {
        return page("coordinator", cluster -> CoordinatorPage.of(cluster, sight(cluster, Kinds.ATTACHMENT)));
    }

    @GetMapping("/networks")
    Mono<Rendering> networks(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return page("networks", cluster -> networks(cluster, q, sort, page));
    }

    private static Listing<NetworkRow> networks(ClusterView cluster, String q, String sort, int page) {
        var all = NetworkRow.all(cluster.analysis().snapshot());
        return ListColumns.NETWORKS.page(Filtered.of(ListWords.NETWORKS, q, all), sort, page);
    }

    @GetMapping("/networks/{namespace}/{name}")
    Mono<Rendering> network(@PathVariable String namespace, @PathVariable String name) {
        return page("network", cluster -> network(cluster, new ObjectName(namespace, name)));
    }

    private static NetworkPage network(ClusterView cluster, ObjectName name) {
        var snapshot = cluster.analysis().snapshot();
        var row = NetworkRow.all(snapshot).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_NETWORK.with(name)));
        var pods =
                row.pods().stream().map(cluster::pod).flatMap(Optional::stream).toList();
        var using = Set.copyOf(row.pods());
        var findings = cluster.findings().stream()
                .filter(finding -> finding.affected().pods().stream().anyMatch(using::contains))
                .toList();
        return new NetworkPage(
                row,
                row.missingPools(snapshot),
                pods.stream().limit(Paging.SIZE).toList(),
                findings);
    }

    /// A network with those that use it.
    ///
    /// @param missingPools the pools that it names and that are not there
    /// @param pods at most as many as a page shows
    record NetworkPage(NetworkRow row, Set<String> missingPools, List<PodSummary> pods, List<Finding> findings) {}
}
