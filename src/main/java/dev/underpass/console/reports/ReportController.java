package dev.underpass.console.reports;

import dev.underpass.cluster.NodeName;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Where agents send their reports.
@RestController
class ReportController {

    /// Tells the agent that it may send changes to the report that it sent last.
    private static final String CHANGES = "Underpass-Changes";

    private final Admission admission;
    private final Intake intake;

    ReportController(Admission admission, Intake intake) {
        this.admission = admission;
        this.intake = intake;
    }

    @PutMapping("/api/v1/nodes/{node}/report")
    Mono<ResponseEntity<Void>> report(@PathVariable String node, ServerHttpRequest request) {
        var name = new NodeName(node);
        return admission
                .admitted(name, request)
                .then(Mono.defer(() -> Unpacking.body(request)))
                .flatMap(body -> intake.take(name, body))
                .map(_ -> ResponseEntity.noContent().header(CHANGES, "accepted").build());
    }
}
