package dev.underpass.console.edit;

import dev.underpass.diagnosis.edit.Edit.Operation;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An edit as the API tells of it.
///
/// @param operation `create`, `update` or `delete`
/// @param undo the JSON merge patch that takes it back; absent unless an update took effect
public record EditView(
        String id,
        Instant at,
        String who,
        String operation,
        @Nullable String undoes,
        String resource,
        String kind,
        String namespace,
        String name,
        Outcome outcome,
        @Nullable String reason,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after,
        @Nullable ObjectNode undo) {

    static EditView of(EditEntry entry) {
        var object = entry.object();
        var undoable = entry.operation() == Operation.UPDATE && entry.outcome() == Outcome.APPLIED;
        return new EditView(
                entry.id(),
                entry.at(),
                entry.who(),
                entry.operation().name().toLowerCase(Locale.ROOT),
                entry.undoes(),
                object.kind().kind().resource(),
                object.kind().kind().kind(),
                object.namespace(),
                object.name(),
                entry.outcome(),
                entry.reason(),
                entry.before(),
                entry.after(),
                undoable ? entry.inverse().mergePatch(entry.made()) : null);
    }
}
