package dev.underpass.console.security;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// An answer that ends when something else does.
final class EndingResponse extends ServerHttpResponseDecorator {

    private final Mono<Long> end;

    EndingResponse(ServerHttpResponse response, Mono<Long> end) {
        super(response);
        this.end = end;
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(Flux.from(body).takeUntilOther(end));
    }
}
