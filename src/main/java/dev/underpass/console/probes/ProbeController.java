package dev.underpass.console.probes;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.Lookup;
import dev.underpass.console.api.Page;
import dev.underpass.console.probes.ProbeViews.DisagreementView;
import dev.underpass.console.probes.ProbeViews.ProbeView;
import dev.underpass.console.reports.Admission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
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

    private final Admission admission;
    private final Commands commands;
    private final Probing probing;
    private final CurrentAnalysis analysis;

    ProbeController(Admission admission, Commands commands, Probing probing, CurrentAnalysis analysis) {
        this.admission = admission;
        this.commands = commands;
        this.probing = probing;
        this.analysis = analysis;
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
                .flatMap(cluster -> probing.ask(cluster, request.from(cluster), request.target(cluster), exchange));
    }

    @GetMapping("/probes/{id}")
    ProbeView probe(@PathVariable String id) {
        return probing.probe(id);
    }

    @GetMapping("/disagreements")
    Mono<Page<DisagreementView>> disagreements(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current().map(cluster -> Page.of(ProbeViews.disagreements(cluster), limit, from, each -> each));
    }
}
