package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.underpass.console.RefusedException;
import dev.underpass.console.TestClock;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.ReportFollower;
import dev.underpass.console.store.ReportPart;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final RateLimits limits = new RateLimits(new RateSettings(2, 3, 6), clock, Store.ALONE);

    /// How many seconds to wait; 0 where it is let through.
    private String ask(String name, HttpMethod method, String path) {
        return ask(limits, name, method, path);
    }

    private static String ask(RateLimits limits, String name, HttpMethod method, String path) {
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

    /// What replicas have between them, while it answers.
    private static final class Between implements Store {

        private final List<Follower> followers = new ArrayList<>();
        private boolean away;

        @Override
        public void tell(Topic topic, Told told) {
            assertThat(away).isFalse();
            followers.forEach(follower -> follower.hear(told));
        }

        @Override
        public void tellNow(Topic topic, Told told) {
            tell(topic, told);
        }

        @Override
        public void follow(Topic topic, Follower follower) {
            followers.add(follower);
        }

        @Override
        public void tell(ReportPart report) {
            throw new IllegalStateException("no report is told here");
        }

        @Override
        public void follow(ReportFollower follower) {
            throw new IllegalStateException("no report is told here");
        }

        @Override
        public Status status() {
            return new Status(true, away ? Instant.EPOCH : null, "", 0, 0);
        }
    }

    @Test
    void whatOneReplicaLetsThroughCountsAtAllOfThem() {
        var store = new Between();
        var one = new RateLimits(new RateSettings(2, 3, 6), clock, store);
        var other = new RateLimits(new RateSettings(2, 3, 6), clock, store);

        assertThat(ask(one, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("0");
        assertThat(ask(other, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("0");

        assertThat(ask(one, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("30");
        assertThat(ask(other, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("30");
        assertThat(ask(other, "ben", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("0");
    }

    @Test
    void whileTheStoreIsAwayEachReplicaCountsForItselfAndNothingWaits() {
        var store = new Between();
        var one = new RateLimits(new RateSettings(2, 3, 6), clock, store);
        var other = new RateLimits(new RateSettings(2, 3, 6), clock, store);
        store.away = true;

        assertThat(ask(one, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("0");
        assertThat(ask(one, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("0");
        assertThat(ask(one, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("30");
        assertThat(ask(other, "ada", HttpMethod.PUT, "/api/v1/ippools/v4")).isEqualTo("0");
    }

    @Test
    void aLimitOfNothingIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RateSettings(1, 0, 1))
                .withMessage("underpass.security.limits.probes: 0 is less than 1");
    }
}
