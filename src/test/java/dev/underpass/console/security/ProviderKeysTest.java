package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.underpass.console.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// When the provider is asked for its keys, and what counts while it does not answer.
class ProviderKeysTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-05-04T08:00:00Z"));
    private final List<Sinks.One<String>> asked = new ArrayList<>();
    private final ProviderKeys keys = new ProviderKeys(
            Mono.defer(() -> {
                Sinks.One<String> answer = Sinks.one();
                asked.add(answer);
                return answer.asMono();
            }),
            clock);

    private Mono<List<String>> of(String name) {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(name).build(), new JWTClaimsSet.Builder().build());
        return keys.of(token).map(JWK::getKeyID).collectList();
    }

    private static String published(String... names) {
        return new JWKSet(Stream.of(names)
                        .<JWK>map(name -> new OctetSequenceKey.Builder(new byte[32])
                                .keyID(name)
                                .build())
                        .toList())
                .toString(false);
    }

    private void known(String... names) {
        var first = of(names[0]).toFuture();
        asked.getLast().tryEmitValue(published(names));
        assertThat(first).isCompletedWithValue(List.of(names[0]));
    }

    @Test
    void whoWaitsTogetherIsAnsweredByOneQuestion() {
        var waiting =
                Stream.of("a", "b", "c", "a").map(name -> of(name).toFuture()).toList();

        assertThat(asked).hasSize(1);
        asked.getFirst().tryEmitValue(published("a", "b"));

        assertThat(waiting.stream().map(each -> each.getNow(List.of("none"))))
                .containsExactly(List.of("a"), List.of("b"), List.of(), List.of("a"));
    }

    @Test
    void whoNamesAKnownKeyDoesNotWaitForWhoNamesAnUnknownOne() {
        known("a");
        clock.advance(Duration.ofSeconds(20));

        assertThat(of("z").toFuture()).isNotDone();

        assertThat(of("a").toFuture()).isCompletedWithValue(List.of("a"));
    }

    @Test
    void anUnknownKeyIsAskedForNowAndThenOnly() {
        known("a");

        assertThat(of("b").toFuture()).isCompletedWithValue(List.of());
        clock.advance(Duration.ofSeconds(15));
        var newest = of("b").toFuture();
        asked.getLast().tryEmitValue(published("b"));

        assertThat(newest).isCompletedWithValue(List.of("b"));
        assertThat(asked).hasSize(2);
        assertThat(of("a").toFuture()).isCompletedWithValue(List.of());
    }

    @Test
    void oldKeysAreReadAnewBeforeTheyCount() {
        known("a");
        clock.advance(Duration.ofMinutes(6));

        var later = of("a").toFuture();
        assertThat(later).isNotDone();
        asked.getLast().tryEmitValue(published("b"));

        assertThat(later).isCompletedWithValue(List.of());
    }

    @Test
    void knownKeysServeOnForAnHourWhileTheProviderDoesNotAnswer() {
        known("a");
        clock.advance(Duration.ofMinutes(6));

        var first = of("a").toFuture();
        asked.getLast().tryEmitError(new IllegalArgumentException("away"));
        assertThat(first).isCompletedWithValue(List.of("a"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(of("a").toFuture()).as("it is asked, and nobody waits").isCompletedWithValue(List.of("a"));
        assertThat(asked).hasSize(3);
        asked.getLast().tryEmitError(new IllegalArgumentException("away"));
        assertThat(of("b").toFuture()).as("nobody can say").isCompletedExceptionally();

        clock.advance(Duration.ofMinutes(55));
        var last = of("a").toFuture();
        asked.getLast().tryEmitError(new IllegalArgumentException("away"));
        assertThat(last).isCompletedExceptionally();
    }

    @Test
    void whatIsNotKeysIsNoAnswer() {
        var waiting = of("a").toFuture();
        asked.getLast().tryEmitValue("<html>Please log in</html>");

        assertThat(waiting).isCompletedExceptionally();
        assertThat(of("a").toFuture()).isCompletedExceptionally();
        assertThat(asked).hasSize(1);
    }
}
