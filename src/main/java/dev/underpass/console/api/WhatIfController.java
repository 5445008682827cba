package dev.underpass.console.api;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.console.view.WhatIfView;
import dev.underpass.diagnosis.WhatIf;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Tells what an edit would do, without making it.
@RestController
@RequestMapping("/api/v1")
class WhatIfController {

    private final CurrentAnalysis analysis;

    WhatIfController(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    /// Takes `{"resources": [edited objects], "delete": [references]}`.
    @PostMapping(path = "/what-if", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<WhatIfView> whatIf(@RequestBody String body) {
        return analysis.current().map(cluster -> WhatIfView.of(whatIf(cluster, body)));
    }

    private static WhatIf whatIf(ClusterView cluster, String body) {
        return WhatIf.of(cluster.analysis(), edited(cluster.analysis().snapshot(), body));
    }

    private static ClusterSnapshot edited(ClusterSnapshot now, String body) {
        try {
            return EditedObjects.of(Fields.parse(body)).applied(now);
        } catch (ReportFormatException e) {
            throw new RefusedException(HttpStatus.BAD_REQUEST, "invalid-input", e.reason()).at(e.place());
        }
    }
}
