package dev.underpass.console.edit;

import dev.underpass.diagnosis.edit.Edit.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An object as somebody wants it to be, before it is written.
///
/// @param base the object as it was when the edit began; absent when it is to be created
/// @param version the version of that; empty when it is to be created
/// @param wanted the object that is to be; of a deletion, the one that is to go
/// @param force whether fields are taken over that others manage
public record Draft(
        ObjectRef object,
        Operation operation,
        @Nullable ObjectNode base,
        String version,
        ObjectNode wanted,
        boolean force) {

    /// The object as it will be; absent where it is to go.
    public @Nullable ObjectNode after() {
        return operation == Operation.DELETE ? null : Trimmed.recreatable(wanted);
    }

    /// What the edit changes.
    Changes changes() {
        return Changes.between(editable(base), editable(after()));
    }

    private static ObjectNode editable(@Nullable ObjectNode object) {
        return object == null ? Proposal.NOTHING : Trimmed.editable(object);
    }

    /// The same changes made to the object as it is now; of a list of addresses or names, what came and what went.
    Draft onto(ObjectNode current) {
        if (base == null) {
            return this;
        }
        var now = Trimmed.recreatable(current);
        var merged = now.deepCopy();
        changes().onto(base, now).applyTo(merged);
        return new Draft(object, operation, now, Trimmed.version(current), merged, force);
    }
}
