package dev.underpass.console.api;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.TopologyViews.TopologyView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// How the cluster is wired, aggregated so that it fits a drawing.
@RestController
@RequestMapping("/api/v1/topology")
class TopologyController {

    private final CurrentAnalysis analysis;

    TopologyController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping
    Mono<TopologyView> topology(
            @RequestParam(defaultValue = "") String groupBy,
            @RequestParam(defaultValue = "") String focus,
            @RequestParam(defaultValue = "") String q) {
        var question = TopologyQuestion.focused(focus, groupBy, q);
        return analysis.current().map(question::ask).map(TopologyViews::of);
    }
}
