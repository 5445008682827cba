package dev.underpass.console.edit;

import dev.underpass.console.Bodies;
import dev.underpass.console.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.InvalidMimeTypeException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The object that somebody sends, within limits.
final class Typed {

    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Typed() {}

    /// @throws RefusedException in the result, for another type, too much, or what is no JSON object
    static Mono<ObjectNode> body(ServerHttpRequest request) {
        if (!isJson(request.getHeaders())) {
            return Mono.error(new RefusedException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "an edited object is application/json, not compressed"));
        }
        return Bodies.bytes(request, MAX_BYTES, Typed::tooLarge).map(Typed::object);
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null
                    && MediaType.APPLICATION_JSON.isCompatibleWith(type)
                    && headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream().allMatch("identity"::equals);
        } catch (InvalidMimeTypeException e) {
            return false;
        }
    }

    private static RefusedException tooLarge() {
        return new RefusedException(
                HttpStatus.CONTENT_TOO_LARGE, "too-large", "more than %d MiB".formatted(MAX_BYTES >> 20));
    }

    /// @throws RefusedException if it is no JSON object, saying where
    static ObjectNode object(byte[] json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw new RefusedException(HttpStatus.BAD_REQUEST, "invalid-json", "not a JSON object").at("");
        } catch (JacksonException e) {
            var location = e.getLocation();
            throw new RefusedException(HttpStatus.BAD_REQUEST, "invalid-json", reason(e))
                    .at(
                            location == null
                                    ? ""
                                    : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()));
        }
    }

    private static String reason(JacksonException e) {
        var message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return "not JSON: " + message.substring(0, Math.min(message.length(), 200));
    }
}
