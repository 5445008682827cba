package dev.underpass.console.edit;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.audit.AuditNote;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The newest edits, within bounds of number and size, those of other replicas too.
@Component
class EditLog implements Follower {

    static final int MOST = 1_000;
    static final long MOST_CHARACTERS = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EditLog.class);

    private final Deque<EditEntry> newestFirst = new ArrayDeque<>();
    private final Store store;
    private long characters;

    EditLog(Store store) {
        this.store = store;
        store.follow(Topic.EDITS, this);
    }

    /// Keeps an edit, here and in the store, and logs it without its content.
    void add(EditEntry entry) {
        LOG.info(
                "Edit {}: {} by {} of {}: {}",
                entry.id(),
                entry.operation(),
                entry.who().replaceAll("\\p{Cntrl}", "?"),
                entry.object(),
                entry.outcome());
        AuditNote.current().ifPresent(note -> audited(entry, note));
        keep(entry);
        store.tellNow(Topic.EDITS, Told.of(entry.id(), entry));
    }

    /// What other replicas made before goes behind what was made here after it.
    private synchronized void keep(EditEntry entry) {
        if (newestFirst.stream().anyMatch(each -> each.id().equals(entry.id()))) {
            return;
        }
        var later = new ArrayDeque<EditEntry>();
        while (!newestFirst.isEmpty() && newestFirst.getFirst().at().isAfter(entry.at())) {
            later.addFirst(newestFirst.removeFirst());
        }
        newestFirst.addFirst(entry);
        later.forEach(newestFirst::addFirst);
        characters += entry.characters();
        while (newestFirst.size() > MOST || (characters > MOST_CHARACTERS && newestFirst.size() > 1)) {
            characters -= newestFirst.removeLast().characters();
        }
    }

    @Override
    public void hear(Told told) {
        keep(told.as(EditEntry.class));
    }

    @Override
    public List<Told> held() {
        return newestFirst().reversed().stream()
                .map(entry -> Told.of(entry.id(), entry))
                .toList();
    }

    private static void audited(EditEntry entry, AuditNote note) {
        note.tell("edit", entry.id());
        note.tell("operation", entry.operation().name().toLowerCase(Locale.ROOT));
        note.tell("object", entry.object().toString());
        note.tell("before", entry.before());
        note.tell("after", entry.after());
        if (entry.reason() != null) {
            note.tell("reason", entry.reason());
        }
        note.write("write", entry.outcome().toString());
    }

    synchronized List<EditEntry> newestFirst() {
        return List.copyOf(newestFirst);
    }

    /// @throws NotFoundException if there is none of this id, or it is forgotten
    EditEntry entry(String id) {
        return newestFirst().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_EDIT.with()));
    }
}
