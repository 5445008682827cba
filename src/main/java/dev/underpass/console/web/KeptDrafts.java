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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Edits on their way, by which a review has an address; within bounds of number and size, those of other replicas too.
@Component
class KeptDrafts implements Follower {

    static final int MOST = 200;
    static final int MOST_OF_ONE = 50;
    static final long MOST_CHARACTERS = 16 << 20;
    static final int LONGEST = 4 << 20;

    /// The one that was sent last stands last.
    private final Map<String, KeptDraft> drafts = new LinkedHashMap<>();

    private final Clock clock;
    private final Store store;

    KeptDrafts(Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        store.follow(Topic.DRAFTS, this);
    }

    /// Keeps what somebody typed: in place of what they typed before, where it is the same edit.
    ///
    /// @throws InvalidInputException if it is longer than any object that an API server takes
    KeptDraft keep(EditForm form, String who) {
        if (form.characters() > LONGEST) {
            throw new InvalidInputException("yaml", Phrases.TOO_LONG.with(LONGEST));
        }
        KeptDraft kept;
        synchronized (this) {
            var known = drafts.get(form.draft());
            kept = known != null && known.waits() && known.who().equals(who)
                    ? KeptDraft.of(known.id(), known.version() + 1, who, now(), form)
                    : KeptDraft.of(UUID.randomUUID().toString(), 0, who, now(), form);
            put(kept);
        }
        tell(kept);
        return kept;
    }

    /// Forgets one that was applied, or that nobody wants; none where it is not known.
    void discard(String id) {
        KeptDraft gone;
        synchronized (this) {
            var known = drafts.get(id);
            if (known == null || !known.waits()) {
                return;
            }
            gone = known.gone(now());
            put(gone);
        }
        tell(gone);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void tell(KeptDraft draft) {
        store.tellNow(Topic.DRAFTS, told(draft));
    }

    private static Told told(KeptDraft draft) {
        return Told.of(draft.id() + "@" + draft.version(), draft);
    }

    /// The newest of a draft counts, in whatever order they come.
    private synchronized void put(KeptDraft draft) {
        var known = drafts.get(draft.id());
        if (known != null && !draft.replaces(known)) {
            return;
        }
        drafts.remove(draft.id());
        drafts.put(draft.id(), draft);
        forget(draft.who());
    }

    private void forget(String who) {
        var own = drafts.values().stream()
                .filter(each -> each.who().equals(who))
                .map(KeptDraft::id)
                .toList();
        own.stream().limit(Math.max(0, own.size() - MOST_OF_ONE)).forEach(drafts::remove);
        long characters =
                drafts.values().stream().mapToLong(KeptDraft::characters).sum();
        for (var each : List.copyOf(drafts.values())) {
            if (drafts.size() == 1 || (drafts.size() <= MOST && characters <= MOST_CHARACTERS)) {
                return;
            }
            drafts.remove(each.id());
            characters -= each.characters();
        }
    }

    @Override
    public void hear(Told told) {
        put(told.as(KeptDraft.class));
    }

    @Override
    public synchronized List<Told> held() {
        return drafts.values().stream().map(KeptDrafts::told).toList();
    }

    /// Those that wait to be applied, the newest first.
    synchronized List<KeptDraft> newestFirst() {
        var waiting = new ArrayList<>(drafts.values());
        waiting.removeIf(each -> !each.waits());
        return List.copyOf(waiting.reversed());
    }

    synchronized Optional<KeptDraft> find(String id) {
        return Optional.ofNullable(drafts.get(id)).filter(KeptDraft::waits);
    }

    /// @throws NotFoundException if none of this id waits
    KeptDraft draft(String id) {
        return find(id).orElseThrow(() -> new NotFoundException(Phrases.NO_DRAFT.with(id, MOST)));
    }
}
