package dev.underpass.console;

import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/// Takes the bodies of requests whole, as far as they are not too large.
public final class Bodies {

    private Bodies() {}

    /// The bytes; none where there is no body.
    ///
    /// @param tooLarge what is wrong with more than the limit
    public static Mono<byte[]> bytes(ServerHttpRequest request, int limit, Supplier<RefusedException> tooLarge) {
        if (request.getHeaders().getContentLength() > limit) {
            return Mono.error(tooLarge);
        }
        return DataBufferUtils.join(request.getBody(), limit)
                .map(buffer -> {
                    var bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0])
                .onErrorMap(DataBufferLimitException.class, _ -> tooLarge.get());
    }
}
