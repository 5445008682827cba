package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import dev.underpass.console.security.Access.Does;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Holds everybody to so many writes, probes and traces a minute, whichever replicas they ask. While the store is away
/// each replica counts what it is asked itself.
final class RateLimits implements WebFilter, Follower {

    private static final int MOST = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String replica = UUID.randomUUID().toString();
    private final RateSettings settings;
    private final Store store;
    private final Clock clock;
    private final Map<Key, Instant> paidOff = new LinkedHashMap<>(16, 0.75f, true);

    private enum Kind {
        WRITES,
        PROBES,
        TRACES
    }

    private record Key(String name, Kind kind) {}

    /// What a replica let through.
    private record Asked(String replica, String name, Kind kind, Instant at) {}

    RateLimits(RateSettings settings, Clock clock, Store store) {
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        store.follow(Topic.ASKED, this);
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
                .doOnNext(name -> told(take(new Key(name, kind))))
                .then();
    }

    /// Counts by the time at which all that was asked for would be paid off: exact, and one instant each.
    ///
    /// @throws RefusedException if that is too far off
    private synchronized Asked take(Key key) {
        int perMinute = perMinute(key.kind());
        var each = MINUTE.dividedBy(perMinute);
        var now = clock.instant();
        var from = paidOff(key, now);
        var wait = Duration.between(now, from).minus(MINUTE.minus(each));
        if (wait.isPositive()) {
            throw tooMany(key.kind(), perMinute, wait);
        }
        owe(key, from.plus(each));
        return new Asked(replica, key.name(), key.kind(), now);
    }

    /// When all that was asked for is paid off, were nothing asked for at that time.
    private Instant paidOff(Key key, Instant at) {
        var paid = paidOff.getOrDefault(key, at);
        return paid.isBefore(at) ? at : paid;
    }

    private void owe(Key key, Instant until) {
        paidOff.put(key, until);
        if (paidOff.size() > MOST) {
            paidOff.remove(paidOff.keySet().iterator().next());
        }
    }

    /// Nothing of it waits for a store that is away: by then it is paid off.
    private void told(Asked asked) {
        var status = store.status();
        if (status.shared() && status.awaySince() == null) {
            store.tell(Topic.ASKED, Told.of(UUID.randomUUID().toString(), asked));
        }
    }

    @Override
    public void hear(Told told) {
        var asked = told.as(Asked.class);
        if (!asked.replica().equals(replica)) {
            count(asked);
        }
    }

    /// What another replica let through counts here, were it over the limit together with what was let through here.
    private synchronized void count(Asked asked) {
        var key = new Key(asked.name(), asked.kind());
        owe(key, paidOff(key, asked.at()).plus(MINUTE.dividedBy(perMinute(asked.kind()))));
    }

    @Override
    public List<Told> held() {
        return List.of();
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
