package dev.underpass.console.probes;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.Lookup;
import dev.underpass.console.api.Page;
import dev.underpass.console.audit.AuditNote;
import dev.underpass.console.probes.ProbeViews.CommandTarget;
import dev.underpass.console.probes.ProbeViews.DisagreementView;
import dev.underpass.console.probes.ProbeViews.ProbeCommand;
import dev.underpass.console.probes.ProbeViews.ProbeView;
import dev.underpass.console.reports.Admission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Asks for probes, tells their results, and hands them to agents.
@RestController
@RequestMapping("/api/v1")
class ProbeController {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Admission admission;
    private final Commands commands;
    private final Probes probes;
    private final CurrentAnalysis analysis;
    private final Clock clock;

    ProbeController(Admission admission, Commands commands, Probes probes, CurrentAnalysis analysis, Clock clock) {
        this.admission = admission;
        this.commands = commands;
        this.probes = probes;
        this.analysis = analysis;
        this.clock = clock;
    }

    @GetMapping(path = "/nodes/{node}/commands", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Object>> commands(@PathVariable String node, ServerHttpRequest request) {
        var name = new NodeName(node);
        return admission.admitted(name, request).thenMany(commands.stream(name));
    }

    /// Has the node's agent read everything anew, now rather than at its interval.
    @Operation(
            summary = "Read the node anew",
            description = "Asks the node's agent to read everything now. What it finds comes with its next report.")
    @ApiResponse(responseCode = "202", description = "The agent was asked.")
    @ApiResponse(responseCode = "404", description = "There is no such node.")
    @ApiResponse(responseCode = "503", description = "The node's agent takes no commands now.")
    @PostMapping("/nodes/{node}/read")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Void> read(@PathVariable String node) {
        return analysis.current()
                .map(cluster -> Lookup.node(cluster, new NodeName(node)).name())
                .flatMap(name -> commands.sent(name, "read", Map.of())
                        .filter(sent -> sent)
                        .switchIfEmpty(Mono.error(() -> noAgent(name))))
                .then();
    }

    private static RefusedException noAgent(NodeName node) {
        return new RefusedException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "no-agent",
                "the agent of node %s takes no commands now".formatted(node));
    }

    @PostMapping("/probes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<ProbeView> ask(@RequestBody ProbeRequest request, ServerWebExchange exchange) {
        return analysis.current()
                .flatMap(cluster -> asked(cluster, request))
                .doOnNext(probe -> AuditNote.of(exchange).ifPresent(note -> note(probe, note)));
    }

    private static void note(ProbeView probe, AuditNote note) {
        note.tell("probe", probe.id());
        note.tell("pod", probe.pod());
        note.tell(
                "targets",
                probe.targets().stream()
                        .map(target -> target.address() + ":" + target.port())
                        .collect(Collectors.joining(" ")));
    }

    private Mono<ProbeView> asked(ClusterView cluster, ProbeRequest request) {
        var probe = request.probe(cluster, UUID.randomUUID().toString(), clock.instant());
        probes.keep(probe);
        var node = probe.node();
        if (node == null) {
            probes.keep(probe.failed("the Pod runs on no node"));
            return Mono.fromCallable(() -> probe(probe.id()));
        }
        return commands.sent(node, "probe", command(cluster, probe)).map(sent -> {
            if (!sent) {
                probes.keep(probe.failed("the agent of node %s takes no commands now".formatted(node)));
            }
            return probe(probe.id());
        });
    }

    private static ProbeCommand command(ClusterView cluster, Probe probe) {
        var pod = cluster.pod(probe.from()).orElseThrow().analysis().pod();
        return new ProbeCommand(
                probe.id(),
                new Commands.PodName(
                        pod.uid(), pod.name().namespace(), pod.name().name()),
                probe.targets().stream().map(CommandTarget::of).toList(),
                TIMEOUT_MILLIS,
                0);
    }

    @GetMapping("/probes/{id}")
    ProbeView probe(@PathVariable String id) {
        return ProbeViews.view(probes.probe(id), clock.instant());
    }

    @GetMapping("/disagreements")
    Mono<Page<DisagreementView>> disagreements(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current().map(cluster -> Page.of(ProbeViews.disagreements(cluster), limit, from, each -> each));
    }
}
