package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.underpass.console.RefusedException;
import dev.underpass.console.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

class RateLimitsTest {

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final RateLimits limits = new RateLimits(new RateSettings(2, 3, 6), clock);

    /// How many seconds to wait; 0 where it is let through.
    private String ask(String name, HttpMethod method, String path) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.method(method, path));
        return Objects.requireNonNull(limits.filter(exchange, _ -> Mono.empty())
                .thenReturn("0")
                .onErrorResume(
                        RefusedException.class,
                        e -> Mono.just(e.status().value() == 429 ? e.header().getLast() : "not limited"))
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                        new TestingAuthenticationToken(name, "", "ROLE_ADMIN")))
                .block(Duration.ofSeconds(10)));
    }

    private String write(String name) {
        return ask(name, HttpMethod.PUT, "/api/v1/ippools/v4");
    }

    @Test
    void whoeverAsksTooOftenIsToldWhenToComeAgain() {
        assertThat(write("ada")).isEqualTo("0");
        assertThat(write("ada")).isEqualTo("0");
        assertThat(write("ada")).isEqualTo("30");

        clock.advance(Duration.ofSeconds(20));
        assertThat(write("ada")).isEqualTo("10");
        clock.advance(Duration.ofSeconds(10));

        assertThat(write("ada")).isEqualTo("0");
        assertThat(write("ada")).isEqualTo("30");
    }

    @Test
    void othersAndOtherThingsAreCountedForThemselves() {
        write("ada");
        write("ada");

        assertThat(write("ben")).isEqualTo("0");
        assertThat(ask("ada", HttpMethod.POST, "/api/v1/probes")).isEqualTo("0");
        assertThat(ask("ada", HttpMethod.GET, "/trace")).isEqualTo("0");
    }

    @Test
    void lookingIsNotLimited() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(ask("ada", HttpMethod.GET, "/pods")).isEqualTo("0");
        }
    }

    @Test
    void aLongTimeSavesNoMoreThanAMinutesWorth() {
        write("ada");
        clock.advance(Duration.ofDays(1));

        assertThat(write("ada")).isEqualTo("0");
        assertThat(write("ada")).isEqualTo("0");
        assertThat(write("ada")).isEqualTo("30");
    }

    @Test
    void aLimitOfNothingIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RateSettings(1, 0, 1))
                .withMessage("underpass.security.limits.probes: 0 is less than 1");
    }
}
