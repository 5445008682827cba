package dev.underpass.console.journal;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Tells what changed in the network configuration, the newest first.
@RestController
@RequestMapping("/api/v1")
class JournalController {

    private final Journal journal;
    private final CurrentAnalysis analysis;

    JournalController(Journal journal, CurrentAnalysis analysis) {
        this.journal = journal;
        this.analysis = analysis;
    }

    @GetMapping("/journal")
    Mono<Page<JournalView>> journal(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current()
                .map(cluster -> Page.of(journal.entries(), limit, from, entry -> JournalView.of(entry, cluster)));
    }
}
