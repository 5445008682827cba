package dev.underpass.console.security;

import dev.underpass.console.Impersonated;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;

/// How people and programs prove who they are: by tokens of an OpenID Connect provider.
///
/// @param issuer the provider, as its tokens name it
/// @param clientSecret absent for a public client
/// @param audience for whom programs' tokens must be; absent where programs may not come in
/// @param nameClaim what names a person
/// @param rolesClaim what holds their groups; dots lead into objects, as in `realm_access.roles`
/// @param viewers the groups that may look
/// @param operators the groups that may also probe
/// @param admins the groups that may also edit
/// @param clockSkew by how much the provider's clock may differ
/// @param idleTimeout after how long without a request somebody has to log in again
/// @param absoluteTimeout after how long everybody has to log in again
/// @param impersonation whether the cluster takes people's edits as theirs
@ConfigurationProperties(prefix = OidcSettings.PREFIX, ignoreUnknownFields = false)
record OidcSettings(
        String issuer,
        String clientId,
        @Nullable String clientSecret,
        @Nullable String audience,
        @DefaultValue("sub") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("viewer") List<String> viewers,
        @DefaultValue("operator") List<String> operators,
        @DefaultValue("admin") List<String> admins,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue("60s") Duration clockSkew,
        @DefaultValue("30m") Duration idleTimeout,
        @DefaultValue("8h") Duration absoluteTimeout,
        @DefaultValue Impersonation impersonation) {

    static final String PREFIX = "underpass.security.oidc";

    private static final Duration MOST_SKEW = Duration.ofMinutes(10);

    OidcSettings {
        required("issuer", issuer);
        required("client-id", clientId);
        required("name-claim", nameClaim);
        required("roles-claim", rolesClaim);
        checkIssuer(issuer);
        clientSecret = blankIsAbsent(clientSecret);
        audience = blankIsAbsent(audience);
        if (!scopes.contains("openid")) {
            throw wrong("scopes", "'openid' is missing: without it the provider names nobody");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
            throw wrong("clock-skew", clockSkew + " is not between 0 and " + MOST_SKEW);
        }
        checkPositive("idle-timeout", idleTimeout);
        checkPositive("absolute-timeout", absoluteTimeout);
        viewers = List.copyOf(viewers);
        operators = List.copyOf(operators);
        admins = List.copyOf(admins);
        scopes = List.copyOf(scopes);
    }

    private static @Nullable String blankIsAbsent(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static void required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw wrong(name, "missing");
        }
    }

    private static void checkPositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw wrong(name, duration + " is not positive");
        }
    }

    private static void checkIssuer(String issuer) {
        try {
            var uri = URI.create(issuer);
            boolean near = List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
            boolean encrypted = "https".equals(uri.getScheme());
            if (uri.getHost() == null || !(encrypted || ("http".equals(uri.getScheme()) && near))) {
                throw wrong("issuer", "'%s' is not an https:// address".formatted(issuer));
            }
        } catch (IllegalArgumentException e) {
            throw wrong("issuer", "'%s' is no address: %s".formatted(issuer, e.getMessage()));
        }
    }

    private static IllegalStateException wrong(String name, String reason) {
        return new IllegalStateException("%s.%s: %s".formatted(PREFIX, name, reason));
    }

    /// The greatest role of somebody of whom these claims are made, as authorities; none where they have none.
    List<GrantedAuthority> authorities(Map<String, Object> claims) {
        var groups = groups(claims);
        if (groups.stream().anyMatch(admins::contains)) {
            return authorities(Role.ADMIN);
        }
        if (groups.stream().anyMatch(operators::contains)) {
            return authorities(Role.OPERATOR);
        }
        return groups.stream().anyMatch(viewers::contains) ? authorities(Role.VIEWER) : List.of();
    }

    private static List<GrantedAuthority> authorities(Role role) {
        return List.of(new SimpleGrantedAuthority(role.authority()));
    }

    /// The groups that the claims name: a list of texts, or one text.
    private List<String> groups(Map<String, Object> claims) {
        Object found = claims.get(rolesClaim);
        if (found == null) {
            found = claims;
            for (var name : rolesClaim.split("\\.", -1)) {
                found = found instanceof Map<?, ?> map ? map.get(name) : null;
            }
        }
        return switch (found) {
            case Collection<?> many ->
                many.stream().filter(Objects::nonNull).map(String::valueOf).toList();
            case String one -> List.of(one);
            case null, default -> List.of();
        };
    }

    /// As whom the cluster is to take what they do; empty where it is to take it as the console's.
    Optional<Impersonated> impersonated(Authentication who) {
        return impersonation.enabled()
                ? claims(who).map(claims -> impersonation.of(who.getName(), groups(claims)))
                : Optional.empty();
    }

    private static Optional<Map<String, Object>> claims(Authentication who) {
        return switch (who.getPrincipal()) {
            case OidcUser person -> Optional.of(person.getClaims());
            case Jwt program -> Optional.of(program.getClaims());
            case null, default -> Optional.empty();
        };
    }

    /// The claim that names somebody: the one that is wanted, or their subject where they have no such.
    String nameClaimOf(Map<String, Object> claims) {
        return claims.get(nameClaim) instanceof String name && !name.isBlank() ? nameClaim : "sub";
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "%s at %s".formatted(clientId, issuer);
    }
}
