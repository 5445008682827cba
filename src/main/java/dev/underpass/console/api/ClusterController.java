package dev.underpass.console.api;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.Views.NodeView;
import dev.underpass.console.api.Views.OverviewView;
import dev.underpass.console.api.Views.ServiceView;
import dev.underpass.console.mutes.MuteView;
import dev.underpass.console.mutes.Muted;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.view.FindingView;
import dev.underpass.console.view.TraceView;
import dev.underpass.diagnosis.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Reads of the cluster as a whole: overview, nodes, Services, findings, traces.
@RestController
@RequestMapping("/api/v1")
class ClusterController {

    private final CurrentAnalysis analysis;
    private final Mutes mutes;

    ClusterController(CurrentAnalysis analysis, Mutes mutes) {
        this.analysis = analysis;
        this.mutes = mutes;
    }

    @GetMapping("/overview")
    Mono<OverviewView> overview() {
        return analysis.current().map(cluster -> Views.overview(cluster, mutes.among(cluster.findings())));
    }

    @GetMapping("/nodes")
    Mono<Page<NodeView>> nodes(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current()
                .map(cluster ->
                        Page.of(cluster.analysis().snapshot().nodes(), limit, from, node -> Views.node(cluster, node)));
    }

    @GetMapping("/nodes/{node}")
    Mono<NodeView> node(@PathVariable String node) {
        return analysis.current().map(cluster -> Views.node(cluster, Lookup.node(cluster, new NodeName(node))));
    }

    @GetMapping("/services")
    Mono<Page<ServiceView>> services(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current()
                .map(cluster ->
                        Page.of(Lookup.services(cluster), limit, from, service -> Views.service(cluster, service)));
    }

    @GetMapping("/services/{namespace}/{name}")
    Mono<ServiceView> service(@PathVariable String namespace, @PathVariable String name) {
        return analysis.current()
                .map(cluster -> Views.service(cluster, Lookup.service(cluster, new ObjectName(namespace, name))));
    }

    @GetMapping("/findings")
    Mono<Page<FindingView>> findings(
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current()
                .map(cluster -> Page.of(
                        FindingFilter.of(severity, code, q).among(cluster.findings()), limit, from, this::view));
    }

    private FindingView view(Finding finding) {
        return FindingView.of(
                finding,
                mutes.of(finding)
                        .filter(Muted::counts)
                        .map(muted -> MuteView.of(muted.mark()))
                        .orElse(null));
    }

    @GetMapping("/trace")
    Mono<TraceView> trace(
            @RequestParam String pod,
            @RequestParam(defaultValue = "") String service,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "0") int port,
            @RequestParam(defaultValue = "") String protocol,
            @RequestParam(required = false) @Nullable String fromAddress) {
        var question = new TraceQuestion(pod, service, address, port, protocol, fromAddress);
        return analysis.current().map(cluster -> TraceView.of(cluster.analysis(), question.ask(cluster)));
    }
}
