package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Answers that people keep to show them to others: as they were, however the cluster changes. The oldest go.
@Component
class KeptTraces {

    static final int MOST = 200;

    private final Map<String, TracePage> pages = new LinkedHashMap<>();
    private final Clock clock;

    KeptTraces(Clock clock) {
        this.clock = clock;
    }

    /// Keeps it, and gives the id by which it is found again.
    synchronized String keep(TracePage page) {
        if (pages.size() >= MOST) {
            pages.remove(pages.keySet().iterator().next());
        }
        var id = UUID.randomUUID().toString();

        pages.put(id, page.kept(id, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        return id;
    }

    /// @throws NotFoundException if it was never kept, or is forgotten
    synchronized TracePage page(String id) {
        var page = pages.get(id);
        if (page == null) {
            throw new NotFoundException(
                    "There is no kept trace %s: the newest %d are kept, until the console ends.".formatted(id, MOST));
        }
        return page;
    }
}
