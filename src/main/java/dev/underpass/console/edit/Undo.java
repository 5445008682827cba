package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.edit.Conflicts.Conflict;
import dev.underpass.console.edit.Conflicts.Sides;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Takes edits back, by edits that everything holds for which holds for others.
@Component
class Undo {

    private final Edits edits;
    private final Stored stored;
    private final EditLog log;

    Undo(Edits edits, Stored stored, EditLog log) {
        this.edits = edits;
        this.stored = stored;
        this.log = log;
    }

    /// @throws RefusedException if the edit did not take effect, or somebody changed the same fields since
    Edited undone(String id, EditRequest request, ClusterSnapshot now) {
        var entry = log.entry(id);
        if (entry.outcome() != Outcome.APPLIED) {
            throw new RefusedException(
                    HttpStatus.CONFLICT, "nothing-to-undo", "the edit did not take effect: it is " + entry.outcome());
        }
        stored.checkWritable();
        var undoing = request.undoing(id);
        return switch (entry.operation()) {
            case CREATE -> {
                var current = unchanged(entry);
                yield edits.delete(entry.object(), undoing.from(Trimmed.version(current)), now);
            }
            case UPDATE -> {
                var current = unchanged(entry);
                var version = Trimmed.version(current);
                entry.inverse().applyTo(current);
                yield edits.update(entry.object(), current, undoing.from(version), now);
            }
            case DELETE -> edits.create(entry.object(), Objects.requireNonNull(entry.before()), undoing, now);
        };
    }

    /// The object as it is, if it has what the edit gave it.
    private ObjectNode unchanged(EditEntry entry) {
        try {
            var current = Trimmed.shown(stored.object(entry.object()));
            var made = entry.made();
            var changed = changed(entry, current, made);
            if (!changed.isEmpty()) {
                throw changedSince(entry.object().toString(), changed);
            }
            return current;
        } catch (NotFoundException _) {
            throw changedSince("%s is gone".formatted(entry.object()), List.of());
        }
    }

    /// Of a created object every field counts, because all would go with it.
    private static List<Conflict> changed(EditEntry entry, ObjectNode current, ObjectNode made) {
        var now = Trimmed.editable(current);
        var before = entry.before();
        var sides = new Sides(made, now, before == null ? Proposal.NOTHING : before);
        var fields = before == null
                ? Changes.between(made, now).fields()
                : entry.inverse().fields();
        return fields.stream()
                .filter(path -> !path.in(now).equals(path.in(made)))
                .map(path -> sides.at(path, null))
                .toList();
    }

    private static RefusedException changedSince(String what, List<Conflict> changed) {
        var fields = changed.stream().map(Conflict::field).collect(Collectors.joining(", "));
        return new RefusedException(
                        HttpStatus.CONFLICT,
                        "changed-since",
                        fields.isEmpty() ? what : "%s was changed since the edit: %s".formatted(what, fields))
                .telling("changed", changed);
    }
}
