package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Answers that people keep to show them to others: as they were, however the cluster changes. The oldest go.
@Component
class KeptTraces implements Follower {

    static final int MOST = 200;

    private final Map<String, TracePage> pages = new LinkedHashMap<>();
    private final Clock clock;

    private final Store store;

    KeptTraces(Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        store.follow(Topic.TRACES, this);
    }

    /// Keeps it, and gives the id by which it is found again.
    String keep(TracePage page) {
        var id = UUID.randomUUID().toString();
        var kept = page.kept(id, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        put(id, kept);
        store.tell(Topic.TRACES, Told.of(id, kept));
        return id;
    }

    private synchronized void put(String id, TracePage page) {
        if (pages.putIfAbsent(id, page) == null && pages.size() > MOST) {
            pages.remove(pages.keySet().iterator().next());
        }
    }

    @Override
    public void hear(Told told) {
        put(told.key(), told.as(TracePage.class));
    }

    @Override
    public synchronized List<Told> held() {
        return pages.entrySet().stream()
                .map(each -> Told.of(each.getKey(), each.getValue()))
                .toList();
    }

    /// @throws NotFoundException if it was never kept, or is forgotten
    synchronized TracePage page(String id) {
        var page = pages.get(id);
        if (page == null) {
            throw new NotFoundException(Phrases.NO_TRACE.with(id, MOST));
        }
        return page;
    }
}
