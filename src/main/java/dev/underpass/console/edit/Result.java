package dev.underpass.console.edit;

import dev.underpass.console.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/// What came of a write that nobody refused.
sealed interface Result {

    /// The API answered.
    ///
    /// @param object as it is stored now; as it was, of a deletion
    record Done(ObjectNode object, List<String> warnings) implements Result {}

    /// The API's answer was lost.
    ///
    /// @param object as it was read afterwards; absent when it is not there or could not be read
    /// @param late no answer came in time, rather than none at all
    record Lost(Outcome outcome, @Nullable ObjectNode object, boolean late, String reason) implements Result {

        /// @param edit the edit's id
        RefusedException refusal(ObjectRef of, String edit) {
            var meaning = switch (outcome) {
                case APPLIED -> "but it took effect";
                case NOT_APPLIED, REFUSED -> "and it did not take effect";
                case UNKNOWN -> "and nothing tells whether it took effect: read the object again";
            };
            var refusal = new RefusedException(
                            late ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY,
                            "answer-lost",
                            "the answer to the write of %s was lost, %s (%s)".formatted(of, meaning, reason))
                    .telling("outcome", outcome)
                    .telling("edit", edit);
            return object == null
                    ? refusal
                    : refusal.with("ETag", '"' + Trimmed.version(object) + '"')
                            .telling("resourceVersion", Trimmed.version(object))
                            .telling("current", Trimmed.shown(object));
        }
    }
}
