package dev.underpass.console.api;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Gives the nodes' reports out again, as they are written into a bundle.
@RestController
class ReportsController {

    private final CurrentAnalysis analysis;

    ReportsController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @GetMapping("/api/v1/nodes/{node}/report")
    Mono<ResponseEntity<byte[]>> report(@PathVariable String node) {
        var name = new NodeName(node);
        return analysis.current()
                .map(cluster -> cluster.report(name)
                        .orElseThrow(() -> new NotFoundException("There is no report of node " + name + ".")))
                .map(report -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json(report)));
    }

    private static byte[] json(NodeReport report) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.write(report, bytes);
        return bytes.toByteArray();
    }
}
