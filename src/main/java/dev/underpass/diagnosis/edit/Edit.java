package dev.underpass.diagnosis.edit;

import dev.underpass.report.Fields;

/// An object as somebody wants it to be, or the one to delete.
///
/// @param object with `kind` and `metadata.name`
public record Edit(Operation operation, Fields object) {

    /// What is to be done with the object.
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }
}
