package dev.underpass.console.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The keys that the provider signs with. It is asked for them anew when they are old and for a key that nobody knows,
/// but only now and then, however many tokens name such keys. While it does not answer, those that are known serve on.
final class ProviderKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration WITHOUT_ANSWER = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Mono<String> published;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    private @Nullable Mono<JWKSet> underWay;
    private @Nullable Instant askedAt;
    private volatile @Nullable Throwable failure;

    /// @param published what the provider publishes, asked for with each subscription
    ProviderKeys(Mono<String> published, InstantSource clock) {
        this.published = published;
        this.clock = clock;
    }

    /// @param readAt when they were the provider's
    private record Known(JWKSet keys, Instant readAt) {

        boolean isYounger(Duration age, Instant now) {
            return readAt.plus(age).isAfter(now);
        }
    }

    /// Those that may have signed a token.
    Flux<JWK> of(SignedJWT token) {
        var selector = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
        return Mono.defer(() -> matching(selector)).flatMapIterable(found -> found);
    }

    private Mono<List<JWK>> matching(JWKSelector selector) {
        var now = clock.instant();
        var held = known;
        var found = held == null ? List.<JWK>of() : selector.select(held.keys());
        if (held == null || found.isEmpty() || !held.isYounger(WITHOUT_ANSWER, now)) {
            return asked(now).map(selector::select);
        }
        if (held.isYounger(FRESH, now)) {
            return Mono.just(found);
        }
        var newer = asked(now);
        if (failure != null) {
            // Nobody waits for what has just failed.
            newer.subscribe(_ -> {}, _ -> {});
            return Mono.just(found);
        }
        return newer.map(selector::select).onErrorReturn(found);
    }

    /// The newest keys; where the provider was asked just now, what came of that.
    private synchronized Mono<JWKSet> asked(Instant now) {
        if (underWay != null) {
            return underWay;
        }
        var held = known;
        if (askedAt != null && askedAt.plus(PAUSE).isAfter(now)) {
            var failed = failure;
            return failed != null || held == null ? Mono.error(Objects.requireNonNull(failed)) : Mono.just(held.keys());
        }
        askedAt = now;
        underWay = published
                .map(ProviderKeys::parsed)
                .doOnNext(keys -> ended(new Known(keys, now), null))
                .doOnError(
                        e -> LOG.warn("The provider's keys cannot be read: {}", clean(String.valueOf(e.getMessage()))))
                .doOnError(e -> ended(known, e))
                .cache();
        return underWay;
    }

    private synchronized void ended(@Nullable Known newest, @Nullable Throwable error) {
        known = newest;
        failure = error;
        underWay = null;
    }

    private static JWKSet parsed(String text) {
        try {
            return JWKSet.parse(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException("no keys: " + e.getMessage(), e);
        }
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
