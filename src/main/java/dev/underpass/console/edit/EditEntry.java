package dev.underpass.console.edit;

import dev.underpass.diagnosis.edit.Edit.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An edit that somebody tried to make.
///
/// @param undoes the id of the edit that it took back; absent when it was one of its own
/// @param before the object without its status; absent when there was none
/// @param after the same as it was stored, or as it was wanted when it was not; absent after a deletion
/// @param reason why it was refused or lost; absent when all went well
record EditEntry(
        String id,
        Instant at,
        String who,
        Operation operation,
        @Nullable String undoes,
        ObjectRef object,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after,
        Outcome outcome,
        @Nullable String reason) {

    /// How much it holds.
    long characters() {
        return length(before) + length(after) + (reason == null ? 0 : reason.length());
    }

    private static long length(@Nullable ObjectNode object) {
        return object == null ? 0 : object.toString().length();
    }

    /// What takes the edit back, as changes of the object that it made; everything, if that is to be made or to go.
    Changes inverse() {
        return Changes.between(editable(after), editable(before));
    }

    private static ObjectNode editable(@Nullable ObjectNode object) {
        return object == null ? Proposal.NOTHING : Trimmed.editable(object);
    }

    ObjectNode made() {
        return editable(after);
    }
}
