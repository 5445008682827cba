package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The views that people saved, within bounds of number; those of other replicas too.
@Component
class SavedViews implements Follower {

    static final int MOST = 500;
    static final int MOST_OF_ONE = 100;

    private final Map<String, SavedView> views = new LinkedHashMap<>();
    private final Clock clock;
    private final Store store;

    SavedViews(Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        store.follow(Topic.VIEWS, this);
    }

    /// Saves an address under a name.
    ///
    /// @throws InvalidInputException if there are too many, or the name is taken
    SavedView save(String name, String to, String owner) {
        var view = new SavedView(
                UUID.randomUUID().toString(),
                0,
                SavedView.nameOf(name),
                SavedView.addressOf(to),
                owner,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                false);
        synchronized (this) {
            var all = all();
            if (all.size() >= MOST) {
                throw new InvalidInputException("name", "full");
            }
            if (all.stream().filter(each -> each.owner().equals(owner)).count() >= MOST_OF_ONE) {
                throw new InvalidInputException("name", "fullOfOwn");
            }
            free(view.name(), owner, view.id());
            put(view);
        }
        return told(view);
    }

    /// Gives it another name.
    ///
    /// @throws InvalidInputException if the name is taken
    SavedView rename(SavedView view, String typed) {
        var name = SavedView.nameOf(typed);
        SavedView renamed;
        synchronized (this) {
            free(name, view.owner(), view.id());
            renamed = view(view.id()).renamed(name, now());
            put(renamed);
        }
        return told(renamed);
    }

    void delete(SavedView view) {
        var gone = view.gone(now());
        put(gone);
        told(gone);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private synchronized void free(String name, String owner, String but) {
        boolean taken = all().stream()
                .anyMatch(each -> each.owner().equals(owner)
                        && each.name().equals(name)
                        && !each.id().equals(but));
        if (taken) {
            throw new InvalidInputException("name", "taken");
        }
    }

    private SavedView told(SavedView view) {
        store.tellNow(Topic.VIEWS, told(view, view.version()));
        return view;
    }

    private static Told told(SavedView view, long version) {
        return Told.of(view.id() + "@" + version, view);
    }

    /// The newest text of a view counts, in whatever order they come.
    private synchronized void put(SavedView view) {
        views.merge(view.id(), view, (old, other) -> newer(old, other) ? other : old);
        forget();
    }

    private static boolean newer(SavedView old, SavedView other) {
        return Comparator.comparingLong(SavedView::version)
                        .thenComparing(SavedView::deleted)
                        .thenComparing(SavedView::at)
                        .thenComparing(SavedView::name)
                        .compare(other, old)
                > 0;
    }

    /// Deleted ones are remembered for a while, so that no replica brings them back.
    private void forget() {
        var deleted = views.values().stream().filter(SavedView::deleted).toList();
        deleted.stream().limit(Math.max(0, deleted.size() - MOST)).forEach(each -> views.remove(each.id()));
    }

    @Override
    public void hear(Told told) {
        put(told.as(SavedView.class));
    }

    @Override
    public synchronized List<Told> held() {
        return views.values().stream().map(each -> told(each, each.version())).toList();
    }

    /// Those that are there, by name.
    synchronized List<SavedView> all() {
        return views.values().stream()
                .filter(each -> !each.deleted())
                .sorted(Comparator.comparing(SavedView::name).thenComparing(SavedView::id))
                .toList();
    }

    /// @throws NotFoundException if there is none of this id
    synchronized SavedView view(String id) {
        var view = views.get(id);
        if (view == null || view.deleted()) {
            throw new NotFoundException(Phrases.NO_VIEW.with(id));
        }
        return view;
    }
}
