package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import dev.underpass.console.security.Access.Does;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Holds everybody to so many writes, probes and traces a minute.
final class RateLimits implements WebFilter {

    private static final int MOST = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RateSettings settings;
    private final Clock clock;
    private final Map<Key, Instant> paidOff = new LinkedHashMap<>(16, 0.75f, true);

    private enum Kind {
        WRITES,
        PROBES,
        TRACES
    }

    private record Key(String name, Kind kind) {}

    RateLimits(RateSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Access.row(exchange.getRequest())
                .filter(row -> row.does() != Does.LOOK)
                .map(row -> limited(kind(row.does())).then(Mono.defer(() -> chain.filter(exchange))))
                .orElseGet(() -> chain.filter(exchange));
    }

    private static Kind kind(Does does) {
        return switch (does) {
            case LOOK, TRACE -> Kind.TRACES;
            case PROBE -> Kind.PROBES;
            case TRY, WRITE -> Kind.WRITES;
        };
    }

    private Mono<Void> limited(Kind kind) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .map(Authentication::getName)
                .doOnNext(name -> take(new Key(name, kind)))
                .then();
    }

    /// Counts by the time at which all that was asked for would be paid off: exact, and one instant each.
    ///
    /// @throws RefusedException if that is too far off
    private synchronized void take(Key key) {
        int perMinute = perMinute(key.kind());
        var each = MINUTE.dividedBy(perMinute);
        var now = clock.instant();
        var paid = paidOff.getOrDefault(key, now);
        var from = paid.isBefore(now) ? now : paid;
        var wait = Duration.between(now, from).minus(MINUTE.minus(each));
        if (wait.isPositive()) {
            throw tooMany(key.kind(), perMinute, wait);
        }
        paidOff.put(key, from.plus(each));
        if (paidOff.size() > MOST) {
            paidOff.remove(paidOff.keySet().iterator().next());
        }
    }

    private int perMinute(Kind kind) {
        return switch (kind) {
            case WRITES -> settings.writes();
            case PROBES -> settings.probes();
            case TRACES -> settings.traces();
        };
    }

    private static RefusedException tooMany(Kind kind, int perMinute, Duration wait) {
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return new RefusedException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "That is more than %d %s a minute (%s.%s). Nothing was changed: try again in %d s."
                                .formatted(perMinute, word(kind), RateSettings.PREFIX, word(kind), seconds))
                .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
