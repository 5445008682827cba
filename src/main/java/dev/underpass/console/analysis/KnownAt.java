package dev.underpass.console.analysis;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/// Tells with each answer when all was known that it rests on: the analysis of a large cluster takes a while, and
/// earlier answers are given meanwhile.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class KnownAt implements WebFilter {

    static final String HEADER = "Underpass-Known-At";

    /// Notes what an answer that is being made rests on; of several, the earliest counts.
    static void note(ContextView context, Instant at) {
        context.<AtomicReference<Instant>>getOrEmpty(KnownAt.class)
                .ifPresent(noted -> noted.accumulateAndGet(at, KnownAt::earlier));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var noted = new AtomicReference<>(Instant.MAX);
        exchange.getResponse().beforeCommit(() -> {
            if (!noted.get().equals(Instant.MAX)) {
                exchange.getResponse()
                        .getHeaders()
                        .set(HEADER, noted.get().truncatedTo(ChronoUnit.MILLIS).toString());
            }
            return Mono.empty();
        });
        return chain.filter(exchange).contextWrite(context -> context.put(KnownAt.class, noted));
    }
}
