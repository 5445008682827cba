package dev.underpass.console.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Remembers the logins that a browser has begun, each in a cookie of its own for ten minutes. So several tabs can log
/// in at once, any replica can end what another began, and strangers fill no memory.
final class LoginCookie implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /// The parameter that names the page to come back to.
    static final String BACK = "back";

    private static final String PREFIX = "underpass-login-";
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int LONGEST_BACK = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public Mono<Void> saveAuthorizationRequest(OAuth2AuthorizationRequest login, ServerWebExchange exchange) {
        var back = exchange.getRequest().getQueryParams().getFirst(BACK);
        var kept = JSON.createObjectNode()
                .put("at", login.getAuthorizationUri())
                .put("client", login.getClientId())
                .put("redirect", login.getRedirectUri())
                .put("state", login.getState())
                .put("nonce", login.<String>getAttribute(OidcParameterNames.NONCE))
                .put("verifier", login.<String>getAttribute(PkceParameterNames.CODE_VERIFIER))
                .put(BACK, back == null || back.length() > LONGEST_BACK ? "/" : LocalPath.of(back, "/"));
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(kept));
        exchange.getResponse().addCookie(cookie(exchange, name(login.getState()), value, KEPT));
        return Mono.empty();
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
        return Mono.justOrEmpty(begun(exchange).map(LoginCookie::request));
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
        var begun = begun(exchange);
        begun.ifPresent(login -> {
            exchange.getAttributes()
                    .put(LoginCookie.class.getName(), login.path(BACK).asString("/"));
            exchange.getResponse()
                    .addCookie(cookie(exchange, name(login.path("state").asString("")), "", Duration.ZERO));
        });
        return Mono.justOrEmpty(begun.map(LoginCookie::request));
    }

    /// Where to go after the login that ends in this exchange.
    static String back(ServerWebExchange exchange) {
        return LocalPath.of(exchange.getAttributeOrDefault(LoginCookie.class.getName(), "/"), "/");
    }

    private static Optional<JsonNode> begun(ServerWebExchange exchange) {
        var state = exchange.getRequest().getQueryParams().getFirst(OAuth2ParameterNames.STATE);
        var cookie = state == null ? null : exchange.getRequest().getCookies().getFirst(name(state));
        return Optional.ofNullable(cookie)
                .map(HttpCookie::getValue)
                .flatMap(LoginCookie::read)
                .filter(login -> login.path("state").asString("").equals(state));
    }

    private static Optional<JsonNode> read(String value) {
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(value)));
        } catch (IllegalArgumentException | JacksonException _) {
            // Not one of ours: the same as none.
            return Optional.empty();
        }
    }

    private static OAuth2AuthorizationRequest request(JsonNode login) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(login.path("at").asString(""))
                .clientId(login.path("client").asString(""))
                .redirectUri(login.path("redirect").asString(""))
                .state(login.path("state").asString(""))
                // By this it is known as a login, whose answer must hold a token that names somebody.
                .scope(OidcScopes.OPENID)
                .attributes(attributes -> attributes.putAll(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID, Provider.ID,
                        OidcParameterNames.NONCE, login.path("nonce").asString(""),
                        PkceParameterNames.CODE_VERIFIER, login.path("verifier").asString(""))))
                .build();
    }

    private static ResponseCookie cookie(ServerWebExchange exchange, String name, String value, Duration kept) {
        return ResponseCookie.from(name, value)
                .path(exchange.getRequest().getPath().contextPath().value() + "/")
                .httpOnly(true)
                .secure(Paths.encrypted(exchange.getRequest()))
                // Lax: the provider sends people back to us.
                .sameSite("Lax")
                .maxAge(kept)
                .build();
    }

    private static String name(@Nullable String state) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(Objects.requireNonNullElse(state, "").getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
