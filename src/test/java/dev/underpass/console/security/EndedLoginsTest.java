package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.TestClock;
import dev.underpass.console.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;

/// Which logins are over, by what the provider told and when.
class EndedLoginsTest {

    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final InMemoryWebSessionStore store = new InMemoryWebSessionStore();
    private final EndedLogins logins = new EndedLogins(Store.ALONE, Duration.ofHours(8), Duration.ofMinutes(7), clock);

    private WebSession session(String subject, String providers) {
        store.setClock(clock.withZone(ZoneOffset.UTC));
        var session = Objects.requireNonNull(store.createWebSession().block());
        logins.begun(session, login(subject, providers));
        return session;
    }

    private static Authentication login(String subject, String providers) {
        var token = new OidcIdToken("x", START, START.plusSeconds(60), Map.of("sub", subject, "sid", providers));
        return new TestingAuthenticationToken(new DefaultOidcUser(List.of(), token), "");
    }

    private void told(String id, String session, String subject) {
        logins.end(new EndedLogins.Logout(
                id, session.isEmpty() ? null : session, subject.isEmpty() ? null : subject, clock.instant()));
    }

    @ParameterizedTest(name = "''{0}'' of ''{1}'': {2}")
    @CsvSource(textBlock = """
            s1, vera, true
            s1, '',   true
            s2, vera, false
            '', vera, true
            '', ada,  false
            """)
    void endsTheSessionThatIsNamedOrAllOfThePerson(String session, String subject, boolean over) {
        var vera = session("vera", "s1");
        clock.advance(Duration.ofSeconds(1));

        told("1", session, subject);

        assertThat(logins.isOver(vera)).isEqualTo(over);
    }

    /// A code may be on its way while its session ends.
    @Test
    void aLoginAfterALogoutGoesOnUnlessItIsOfTheSameSessionOfTheProvider() {
        told("1", "", "vera");
        told("2", "s1", "vera");
        clock.advance(Duration.ofSeconds(1));

        assertThat(logins.isOver(session("vera", "s1"))).isTrue();
        assertThat(logins.isOver(session("vera", "s2"))).isFalse();
    }

    /// It may have begun for something else, or for somebody else.
    @Test
    void aLoginAfterALogoutGoesOnInASessionThatIsOlder() {
        var session = session("ada", "s1");
        clock.advance(Duration.ofSeconds(1));
        told("1", "", "vera");
        clock.advance(Duration.ofSeconds(1));
        logins.begun(session, login("vera", "s2"));

        assertThat(logins.isOver(session)).isFalse();

        clock.advance(Duration.ofSeconds(1));
        told("2", "", "vera");
        assertThat(logins.isOver(session)).isTrue();
    }

    @Test
    void forgetsWhatNoSessionCanBeAboutAnyMore() {
        told("1", "s1", "");
        clock.advance(Duration.ofHours(8).plusSeconds(1));

        told("2", "s2", "");

        assertThat(logins.held())
                .singleElement()
                .satisfies(told -> assertThat(told.key()).isEqualTo("2"));
    }

    @Test
    void whereSessionsAreBriefIsKeptWhatCanBeToldAgain() {
        var brief = new EndedLogins(Store.ALONE, Duration.ofMinutes(1), Duration.ofMinutes(7), clock);
        var first = new EndedLogins.Logout("1", "s1", null, clock.instant());
        brief.end(first);
        clock.advance(Duration.ofMinutes(7));
        brief.end(new EndedLogins.Logout("2", "s2", null, clock.instant()));

        assertThat(brief.end(first)).isFalse();
    }

    /// Rather one login too many is over than one too few.
    @Test
    void whereThereWereTooManyAllOlderLoginsAreOver() {
        var older = session("vera", "not told");
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < EndedLogins.MOST; i++) {
            told("id " + i, "session " + i, "");
        }
        clock.advance(Duration.ofSeconds(1));

        assertThat(logins.held()).hasSizeLessThan(EndedLogins.MOST);
        assertThat(logins.isOver(older)).isTrue();
        assertThat(logins.isOver(session("ada", "later"))).isFalse();
    }
}
