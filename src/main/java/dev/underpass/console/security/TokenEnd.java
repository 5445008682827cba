package dev.underpass.console.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Ends the stream of a program when its token would be refused.
final class TokenEnd implements WebFilter {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Duration skew;
    private final Clock clock;

    /// @param skew for how long after their end tokens are taken
    TokenEnd(Duration skew, Clock clock) {
        this.skew = skew;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!Paths.isStream(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(JwtAuthenticationToken.class)
                .mapNotNull(program -> program.getToken().getExpiresAt())
                .map(end -> ending(exchange, end.plus(skew)))
                .defaultIfEmpty(exchange)
                .flatMap(chain::filter);
    }

    private ServerWebExchange ending(ServerWebExchange exchange, Instant end) {
        var over = Flux.interval(LOOK)
                .onBackpressureDrop()
                .filter(_ -> !clock.instant().isBefore(end))
                .next();
        return exchange.mutate()
                .response(new EndingResponse(exchange.getResponse(), over))
                .build();
    }
}
