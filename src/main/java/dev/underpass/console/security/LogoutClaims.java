package dev.underpass.console.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/// What only a token that tells of a logout says (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6): one that was
/// made for something else ends nobody's login.
final class LogoutClaims implements OAuth2TokenValidator<Jwt> {

    /// The claim that names the provider's session.
    static final String SESSION = "sid";

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int LONGEST = 1_000;

    /// How old one may be: it is sent when it is made.
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private final Clock clock;
    private final Duration skew;

    /// @param skew by how much the provider's clock may differ
    LogoutClaims(Clock clock, Duration skew) {
        this.clock = clock;
        this.skew = skew;
    }

    /// For how long it is to be remembered that one was told: after that it is too old, however long it says it is
    /// good for.
    static Duration remembered(Duration skew) {
        return OLDEST.plus(skew.multipliedBy(2));
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var wrong = wrong(token.getClaims());
        return wrong == null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, wrong, null));
    }

    private @Nullable String wrong(Map<String, Object> claims) {
        if (!(claims.get("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>)) {
            return "'events' tells of no logout";
        }
        if (claims.containsKey("nonce")) {
            return "'nonce' is in it, as in a token of a login";
        }
        if (!isText(claims.get(JwtClaimNames.JTI)) || !(claims.get(JwtClaimNames.IAT) instanceof Instant made)) {
            return "'jti' or 'iat' is missing";
        }
        if (!isNow(made)) {
            return "'iat' is too long ago, or still to come";
        }
        var session = claims.get(SESSION);
        var subject = claims.get(JwtClaimNames.SUB);
        boolean named = (session == null || isText(session)) && (subject == null || isText(subject));
        return named && (session != null || subject != null) ? null : "neither 'sid' nor 'sub' says whose it was";
    }

    private boolean isNow(Instant made) {
        var now = clock.instant();
        return !made.isBefore(now.minus(OLDEST).minus(skew)) && !made.isAfter(now.plus(skew));
    }

    private static boolean isText(@Nullable Object claim) {
        return claim instanceof String text && !text.isBlank() && text.length() <= LONGEST;
    }
}
