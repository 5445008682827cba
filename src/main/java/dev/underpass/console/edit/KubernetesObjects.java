package dev.underpass.console.edit;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes single objects by the Kubernetes API. No call is ever repeated on its own.
///
/// Every answer of the API is a [Reply], refusals too; only an answer that never came is an [IOException], and then a
/// write may have taken effect or not.
public interface KubernetesObjects {

    /// The field manager of everything that is written.
    String MANAGER = "underpass";

    /// What the API answered.
    ///
    /// @param body the object, or a `Status`; empty when it is no JSON object
    /// @param warnings the texts of its `Warning` headers
    record Reply(int status, ObjectNode body, List<String> warnings) {

        public Reply {
            warnings = List.copyOf(warnings);
        }

        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /// How a write is to be done.
    ///
    /// @param dryRun judged in full, but not stored
    /// @param force takes over the fields that others manage
    record Mode(boolean dryRun, boolean force) {}

    /// The whole list of a kind.
    Reply list(EditedKind kind) throws IOException;

    Reply get(ObjectRef object) throws IOException;

    /// A list of the object alone as it was at an earlier version; refused when that is forgotten.
    Reply listAt(ObjectRef object, String resourceVersion) throws IOException;

    Reply create(ObjectRef object, ObjectNode body, Mode mode) throws IOException;

    /// Server-side apply.
    Reply apply(ObjectRef object, ObjectNode configuration, Mode mode) throws IOException;

    /// A JSON merge patch.
    Reply patch(ObjectRef object, ObjectNode patch, Mode mode) throws IOException;

    /// Deletes the object.
    ///
    /// @param options `DeleteOptions`, with the preconditions
    Reply delete(ObjectRef object, ObjectNode options, Mode mode) throws IOException;

    /// Asks what whoever acts may do.
    ///
    /// @param review a `SelfSubjectAccessReview`
    Reply review(ObjectNode review) throws IOException;
}
