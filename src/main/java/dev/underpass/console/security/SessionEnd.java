package dev.underpass.console.security;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Ends sessions that are old, however busy: then the provider is asked again, and a role that was taken away is gone.
/// A stream ends with the session that opened it. And what people saw is not kept by their browser.
final class SessionEnd implements WebFilter {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Duration longest;
    private final Clock clock;
    private final @Nullable LiveSessions shared;
    private final Predicate<WebSession> ended;

    /// @param shared absent where nobody else can end a session
    /// @param ended whether the provider has ended the login of a session
    SessionEnd(Duration longest, Clock clock, @Nullable LiveSessions shared, Predicate<WebSession> ended) {
        this.longest = longest;
        this.clock = clock;
        this.shared = shared;
        this.ended = ended;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> {
            unkept(exchange);
            return Mono.empty();
        });
        return exchange.getSession()
                .flatMap(session -> over(session) && session.isStarted()
                        ? ended(session).then(chain.filter(exchange))
                        : chain.filter(ending(exchange, session)));
    }

    /// Whoever it named is nobody already in the request that ends it: a session that replicas share still says what it
    /// said.
    private static Mono<Void> ended(WebSession session) {
        session.getAttributes()
                .remove(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME);
        return session.invalidate();
    }

    private boolean over(WebSession session) {
        return session.isExpired() || isOld(session);
    }

    private boolean isOld(WebSession session) {
        return session.getCreationTime().plus(longest).isBefore(clock.instant()) || ended.test(session);
    }

    private static void unkept(ServerWebExchange exchange) {
        var headers = exchange.getResponse().getHeaders();
        if (headers.getCacheControl() == null && !Paths.isAsset(exchange.getRequest())) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private ServerWebExchange ending(ServerWebExchange exchange, WebSession session) {
        return session.isStarted() && Paths.isStream(exchange.getRequest())
                ? exchange.mutate()
                        .response(new EndingResponse(exchange.getResponse(), ending(session)))
                        .build()
                : exchange;
    }

    private Mono<Long> ending(WebSession session) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .filterWhen(_ -> gone(session), 1)
                .next();
    }

    /// What a session knows of itself is true only where it is the only one of its id.
    private Mono<Boolean> gone(WebSession session) {
        if (shared == null) {
            return Mono.just(over(session));
        }
        return isOld(session) ? Mono.just(true) : shared.lives(session.getId()).map(lives -> !lives);
    }
}
