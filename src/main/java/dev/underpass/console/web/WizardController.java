package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.edit.StoredPools;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The wizard that gives a workload access to Services by the underlay. Each step is an address; nothing is kept, and
/// nothing is written: the objects that it produces go through the review of every edit.
@Controller
class WizardController {

    private final CurrentAnalysis analysis;

    private final StoredPools stored;

    WizardController(CurrentAnalysis analysis, StoredPools stored) {
        this.analysis = analysis;
        this.stored = stored;
    }

    @GetMapping(WizardQuestion.PATH)
    Mono<Rendering> wizard(@RequestParam MultiValueMap<String, String> query) {
        var question = WizardQuestion.of(query);
        return analysis.current()
                .map(cluster -> Rendering.view("wizard")
                        .modelAttribute("page", WizardPage.of(cluster, pools(cluster), question))
                        .build());
    }

    private PoolUse.Read pools(ClusterView cluster) {
        try {
            return new PoolUse.Read(stored.all(cluster), "");
        } catch (RefusedException | NotFoundException e) {
            return new PoolUse.Read(Map.of(), String.valueOf(e.getMessage()));
        }
    }
}
