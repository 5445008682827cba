package dev.underpass.kubeapi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An admission webhook, asked before anything is stored, in dry runs too; not for a status.
@FunctionalInterface
public interface Webhook {

    /// What a webhook answers where it refuses.
    ///
    /// @param webhook its name
    /// @param status a `Status` with the code, the reason, the message and the details of the refusal
    record Refusal(String webhook, ObjectNode status) {

        /// A refusal with nothing but a message, as a webhook gives that knows no API errors.
        public static Refusal of(String webhook, String message) {
            return new Refusal(webhook, new Failure(403, "Forbidden", message).status());
        }
    }

    /// Changes an object before the schema is asked.
    default void mutate(ObjectNode object) {}

    /// Judges a write after the schema did.
    ///
    /// @param old the stored object; null for a new one
    /// @return empty where it has nothing against it
    Optional<Refusal> review(ObjectNode object, @Nullable ObjectNode old);
}
