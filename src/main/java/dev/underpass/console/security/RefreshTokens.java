package dev.underpass.console.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/// Of what the provider gives with a login, a session keeps the refresh token alone, and when it is due, as two texts:
/// the
/// console asks nothing in a person's name, so no session holds an access token, or the console's own secret beside it.
final class RefreshTokens implements ServerOAuth2AuthorizedClientRepository {

    /// The session's attribute that holds the token.
    static final String TOKEN = "underpass.refresh";

    private static final String ACCESS_ENDS = "underpass.accessEnds";

    /// A refresh token.
    ///
    /// @param accessEnds when the access token ends that came with it
    record Kept(String token, Instant accessEnds) {}

    /// The session's; null where the provider gave none.
    static @Nullable Kept of(WebSession session) {
        String token = session.getAttribute(TOKEN);
        String ends = session.getAttribute(ACCESS_ENDS);
        return token == null || ends == null ? null : new Kept(token, Instant.parse(ends));
    }

    /// Keeps what came with an answer; an earlier refresh token stays where there is no other.
    static void keep(WebSession session, @Nullable String token, @Nullable Instant accessEnds) {
        if (token != null) {
            session.getAttributes().put(TOKEN, token);
        }
        if (accessEnds != null) {
            session.getAttributes().put(ACCESS_ENDS, accessEnds.toString());
        }
    }

    @Override
    public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(
            String registration, Authentication who, ServerWebExchange exchange) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> saveAuthorizedClient(
            OAuth2AuthorizedClient client, Authentication who, ServerWebExchange exchange) {
        var refresh = client.getRefreshToken();
        return exchange.getSession()
                .doOnNext(session -> keep(
                        session,
                        refresh == null ? null : refresh.getTokenValue(),
                        client.getAccessToken().getExpiresAt()))
                .then();
    }

    @Override
    public Mono<Void> removeAuthorizedClient(String registration, Authentication who, ServerWebExchange exchange) {
        return exchange.getSession()
                .doOnNext(session -> session.getAttributes().remove(TOKEN))
                .then();
    }
}
