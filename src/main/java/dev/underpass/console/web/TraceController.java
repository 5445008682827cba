package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Parameters;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.view.TraceText;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The trace page: why can this Pod not reach that Service?
@Controller
class TraceController {

    private final CurrentAnalysis analysis;

    TraceController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping("/trace")
    Mono<Rendering> trace(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        return analysis.current()
                .map(cluster -> Rendering.view("trace")
                        .modelAttribute("page", page(cluster, from, to))
                        .build());
    }

    /// What cannot be understood is said beside the form, which keeps what was typed.
    private static TracePage page(ClusterView cluster, String from, String to) {
        var form = new TracePage.Form(
                from,
                to,
                cluster.pods().stream().map(pod -> pod.name().toString()).toList(),
                TracePage.targets(cluster));
        if (from.isBlank() && to.isBlank()) {
            return new TracePage(form, "", null);
        }
        try {
            var pod = Parameters.pod(cluster, "from", from);
            var target = Parameters.target(cluster, "to", to);
            var trace = cluster.analysis().trace(pod, target);
            var text = TraceText.of(cluster.analysis(), trace);
            return new TracePage(form, "", TracePage.Result.of(cluster.analysis(), trace, text));
        } catch (InvalidInputException e) {
            return new TracePage(form, e.field() + ": " + e.getMessage(), null);
        } catch (NotFoundException e) {
            return new TracePage(form, String.valueOf(e.getMessage()), null);
        }
    }
}
