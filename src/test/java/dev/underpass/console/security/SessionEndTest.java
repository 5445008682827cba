package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import reactor.core.publisher.Mono;

/// Sessions end when they are old or idle; what they asked for goes on as by a stranger.
class SessionEndTest {

    private final TestClock clock = new TestClock(Instant.EPOCH);

    private final InMemoryWebSessionStore store = new InMemoryWebSessionStore();

    private WebSession session() {
        store.setClock(clock.withZone(ZoneOffset.UTC));
        var session = Objects.requireNonNull(store.createWebSession().block());
        session.setMaxIdleTime(Duration.ofMinutes(30));
        session.start();
        return session;
    }

    @ParameterizedTest(name = "{0} min, a request every {1} min: {2}")
    @CsvSource(textBlock = """
            479, 10, true
            481, 10, false
            29,  29, true
            31,  31, false
            """)
    void aSessionEndsAfterEightHoursOrHalfAnHourIdle(int minutes, int every, boolean alive) {
        var session = session();
        var seen = new AtomicBoolean();
        for (int passed = 0; passed + every <= minutes; passed += every) {
            clock.advance(Duration.ofMinutes(every));
            if (passed + 2 * every <= minutes) {
                store.updateLastAccessTime(session).block();
            }
        }
        clock.advance(Duration.ofMinutes(minutes % every));
        var exchange = MockServerWebExchange.builder(MockServerHttpRequest.get("/"))
                .session(session)
                .build();

        new SessionEnd(Duration.ofHours(8), clock, null, _ -> false)
                .filter(exchange, _ -> Mono.fromRunnable(() -> seen.set(true)))
                .block();

        assertThat(seen).isTrue();
        assertThat(session.isExpired()).isEqualTo(!alive);
    }
}
