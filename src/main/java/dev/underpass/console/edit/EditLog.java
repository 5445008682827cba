package dev.underpass.console.edit;

import dev.underpass.console.NotFoundException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The newest edits, within bounds of number and size, in memory.
@Component
class EditLog {

    static final int MOST = 1_000;
    static final long MOST_CHARACTERS = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EditLog.class);

    private final Deque<EditEntry> newestFirst = new ArrayDeque<>();
    private long characters;

    /// Keeps an edit, and logs it without its content.
    synchronized void add(EditEntry entry) {
        LOG.info(
                "Edit {}: {} by {} of {}: {}",
                entry.id(),
                entry.operation(),
                entry.who().replaceAll("\\p{Cntrl}", "?"),
                entry.object(),
                entry.outcome());
        newestFirst.addFirst(entry);
        characters += entry.characters();
        while (newestFirst.size() > MOST || (characters > MOST_CHARACTERS && newestFirst.size() > 1)) {
            characters -= newestFirst.removeLast().characters();
        }
    }

    synchronized List<EditEntry> newestFirst() {
        return List.copyOf(newestFirst);
    }

    /// @throws NotFoundException if there is none of this id, or it is forgotten
    EditEntry entry(String id) {
        return newestFirst().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("There is no such edit, or it is forgotten."));
    }
}
