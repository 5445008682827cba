package dev.underpass.console.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.SignedJWT;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// The keys that the provider signs with. It is asked again for a key that nobody knows, but only now and then, however
/// many
/// tokens name such keys.
final class ProviderKeys {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MAX_BYTES = 1 << 20;
    private static final SimpleSecurityContext NONE = new SimpleSecurityContext();

    private final JWKSource<SimpleSecurityContext> keys;
    private volatile boolean known;

    /// @param address where the provider publishes them, as it says itself
    ProviderKeys(String address) {
        try {
            keys = JWKSourceBuilder.<SimpleSecurityContext>create(
                            URI.create(address).toURL(),
                            new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MAX_BYTES))
                    .rateLimited(PAUSE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no address of keys: " + address, e);
        }
    }

    /// Those that may have signed a token.
    Flux<JWK> of(SignedJWT token) {
        return Mono.fromCallable(() -> matching(token))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapIterable(found -> found);
    }

    private List<JWK> matching(SignedJWT token) throws KeySourceException {
        try {
            var found = keys.get(new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader())), NONE);
            known = true;
            return found;
        } catch (RateLimitReachedException e) {
            if (known) {
                return List.of();
            }
            throw e;
        }
    }
}
