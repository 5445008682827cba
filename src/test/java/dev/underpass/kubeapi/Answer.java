package dev.underpass.kubeapi;

import java.util.List;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/// What the fake API answers.
sealed interface Answer {

    /// An answer that is there at once.
    ///
    /// @param warnings each goes into a `Warning` header
    record Whole(int code, String contentType, String body, List<String> warnings) implements Answer {}

    /// A watch.
    record Lines(Flux<String> lines) implements Answer {}

    static Answer json(int code, ObjectNode body) {
        return new Whole(code, "application/json", body.toString(), List.of());
    }

    static Answer text(int code, String body) {
        return new Whole(code, "text/plain; charset=utf-8", body, List.of());
    }
}
