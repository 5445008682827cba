package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.Jwt;

/// For how long what tells of a logout counts: not for ever, or it could be told again when it is forgotten.
class LogoutClaimsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final LogoutClaims claims = new LogoutClaims(new TestClock(NOW), SKEW);

    private static Jwt token(Instant made) {
        return Jwt.withTokenValue("x")
                .header("alg", "RS256")
                .issuedAt(made)
                .expiresAt(NOW.plus(Duration.ofDays(365)))
                .jti("1")
                .subject("vera")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .build();
    }

    @ParameterizedTest(name = "made {0} from now: refused {1}")
    @CsvSource(textBlock = """
            PT0S,        false
            -PT6M,       false
            -PT6M0.001S, true
            -PT24H,      true
            PT60S,       false
            PT60.001S,   true
            PT1H,        true
            """)
    void countsForMinutesHoweverLongItSaysItIsGood(Duration from, boolean refused) {
        assertThat(claims.validate(token(NOW.plus(from))).hasErrors()).isEqualTo(refused);
    }

    /// One of the future, by the provider's clock, is too old as late as that.
    @ParameterizedTest
    @CsvSource({"PT0S", "PT60S", "PT10M"})
    void isTooOldWhenItMayBeForgotten(Duration skew) {
        var clock = new TestClock(NOW);
        var judged = new LogoutClaims(clock, skew);
        var newest = token(NOW.plus(skew));
        assertThat(judged.validate(newest).hasErrors()).isFalse();

        clock.advance(LogoutClaims.remembered(skew));
        assertThat(judged.validate(newest).hasErrors()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(judged.validate(newest).hasErrors()).isTrue();
    }
}
