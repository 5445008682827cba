package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.words.Sentence;

/// An edit that is being judged, and what was found so far.
///
/// @param name with the namespace `default` where it has none
/// @param spec empty for a deletion
record Review(
        ClusterSnapshot now, Operation operation, ObjectKind kind, ObjectName name, Part spec, Problems problems) {

    boolean creates() {
        return operation == Operation.CREATE;
    }

    boolean updates() {
        return operation == Operation.UPDATE;
    }

    boolean deletes() {
        return operation == Operation.DELETE;
    }

    /// As [Known#has].
    boolean knows(String resource, String field, Sentence unchecked) {
        return new Known(now, problems).has(resource, field, unchecked);
    }

    void refuse(String field, Sentence message) {
        problems.refuse(field, message);
    }

    void warn(String field, Sentence message) {
        problems.warn(field, message);
    }

    /// Refuses what would be new, and warns of what is so already and cannot be changed any more.
    void refuseIfNew(String field, Sentence message) {
        if (creates()) {
            refuse(field, message);
        } else {
            warn(field, Phrases.SO_ALREADY.with(message));
        }
    }
}
