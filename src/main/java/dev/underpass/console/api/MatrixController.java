package dev.underpass.console.api;

import dev.underpass.console.analysis.CurrentAnalysis;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// All pairs of a Pod and a target, by classes.
@RestController
@RequestMapping("/api/v1")
class MatrixController {

    private final CurrentAnalysis analysis;

    MatrixController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping("/matrix")
    Mono<MatrixView> matrix() {
        return analysis.current().map(cluster -> MatrixView.of(cluster.matrix()));
    }
}
