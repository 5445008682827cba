package dev.underpass.console.reports;

import dev.underpass.console.Bodies;
import dev.underpass.console.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/// A request's body within its limits: neither what comes nor what it unpacks to is held beyond them.
final class Unpacking {

    static final int MAX_PACKED = 4 << 20;
    static final int MAX_UNPACKED = 8 << 20;

    private Unpacking() {}

    /// A body as it came.
    static final class Body {

        private final byte[] bytes;
        private final boolean gzip;

        Body(byte[] bytes, boolean gzip) {
            this.bytes = bytes;
            this.gzip = gzip;
        }

        /// The text; stops at the limit, whatever the rest would unpack to.
        byte[] unpacked() {
            return gzip ? inflated(bytes) : bytes;
        }
    }

    /// @throws RefusedException in the result, for a type or an encoding that is not served, or too much
    static Mono<Body> body(ServerHttpRequest request) {
        var headers = request.getHeaders();
        if (!json(headers)) {
            return Mono.error(new RefusedException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "a report is application/json"));
        }
        var encoding = String.valueOf(headers.getFirst(HttpHeaders.CONTENT_ENCODING));
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "gzip" ->
                Bodies.bytes(request, MAX_PACKED, () -> tooLarge(MAX_PACKED)).map(bytes -> new Body(bytes, true));
            case "null", "", "identity" ->
                Bodies.bytes(request, MAX_UNPACKED, () -> tooLarge(MAX_UNPACKED))
                        .map(bytes -> new Body(bytes, false));
            default ->
                Mono.error(new RefusedException(
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                "unsupported-media-type",
                                "the body's encoding is neither gzip nor identity")
                        .with(HttpHeaders.ACCEPT_ENCODING, "gzip"));
        };
    }

    private static boolean json(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null && MediaType.APPLICATION_JSON.isCompatibleWith(type);
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static byte[] inflated(byte[] packed) {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            var bytes = stream.readNBytes(MAX_UNPACKED + 1);
            if (bytes.length > MAX_UNPACKED) {
                throw tooLarge(MAX_UNPACKED);
            }
            return bytes;
        } catch (IOException e) {
            throw new RefusedException(HttpStatus.BAD_REQUEST, "invalid-report", "not gzip: " + e.getMessage()).at("");
        }
    }

    private static RefusedException tooLarge(int limit) {
        return new RefusedException(
                HttpStatus.CONTENT_TOO_LARGE, "too-large", "more than %d MiB".formatted(limit >> 20));
    }
}
