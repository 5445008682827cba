package dev.underpass.console.journal;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.api.Page;
import dev.underpass.console.journal.PodHistory.Event;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Tells what is known to have happened to a Pod's network, the newest first.
@RestController
@RequestMapping("/api/v1")
class PodHistoryController {

    private final PodHistory history;
    private final CurrentAnalysis analysis;

    PodHistoryController(PodHistory history, CurrentAnalysis analysis) {
        this.history = history;
        this.analysis = analysis;
    }

    /// An event as JSON.
    ///
    /// @param what `made`, `started`, `configured`, `routed`, `found` or `probed`
    /// @param detail what is said of it, by what it is
    record EventView(Instant at, String what, Event detail) {

        static EventView of(Event event) {
            return new EventView(event.at(), event.what(), event);
        }
    }

    @GetMapping("/pods/{namespace}/{name}/events")
    Mono<Page<EventView>> events(
            @PathVariable String namespace,
            @PathVariable String name,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "continue", defaultValue = "") String from) {
        return analysis.current().map(cluster -> {
            var pod = cluster.pod(new ObjectName(namespace, name))
                    .orElseThrow(() -> new NotFoundException(Phrases.NO_POD.with(namespace + "/" + name)));
            return Page.of(history.of(cluster, pod), limit, from, EventView::of);
        });
    }
}
