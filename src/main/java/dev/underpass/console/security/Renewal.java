package dev.underpass.console.security;

import dev.underpass.console.security.Renewal.Renewed.Gone;
import dev.underpass.console.security.Renewal.Renewed.Still;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Asks the provider again about people whose access token ends, where it gave a refresh token: who has another role
/// now has it here too, and whom the provider knows no more is logged out.
final class Renewal implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private static final Duration EARLY = Duration.ofSeconds(30);

    /// How long a provider that does not answer is left alone.
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LOOKS = 6;

    private static final String NOT_BEFORE = Renewal.class.getName() + ".notBefore";

    private final Map<String, Mono<Renewed>> underWay = new ConcurrentHashMap<>();
    private final ReactiveOAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> grants;
    private final ReactiveOAuth2UserService<OidcUserRequest, OidcUser> people;
    private final Tokens tokens;
    private final Provider provider;
    private final Clock clock;
    private final @Nullable LiveSessions shared;

    /// One person waits for a provider that says nothing, not everybody in turn.
    private volatile Instant silentUntil = Instant.MIN;

    /// @param shared absent where there is no other replica
    Renewal(
            ReactiveOAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> grants,
            ReactiveOAuth2UserService<OidcUserRequest, OidcUser> people,
            Tokens tokens,
            Provider provider,
            Clock clock,
            @Nullable LiveSessions shared) {
        this.grants = grants;
        this.people = people;
        this.tokens = tokens;
        this.provider = provider;
        this.clock = clock;
        this.shared = shared;
    }

    /// What became of somebody.
    sealed interface Renewed {

        /// They are here, as whom the provider knows them now.
        record Still(OAuth2AuthenticationToken person) implements Renewed {}

        /// The provider knows them no more.
        record Gone() implements Renewed {}
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (Paths.isAsset(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(OAuth2AuthenticationToken.class)
                .flatMap(person -> renewed(exchange, person))
                .map(renewed -> answered(exchange, chain, renewed))
                .defaultIfEmpty(chain.filter(exchange))
                .flatMap(answer -> answer);
    }

    private static Mono<Void> answered(ServerWebExchange exchange, WebFilterChain chain, Renewed renewed) {
        return switch (renewed) {
            case Still still ->
                chain.filter(exchange).contextWrite(ReactiveSecurityContextHolder.withAuthentication(still.person()));
            case Gone _ -> chain.filter(exchange).contextWrite(ReactiveSecurityContextHolder.clearContext());
        };
    }

    /// Empty where nothing is to be renewed, or cannot be now.
    private Mono<Renewed> renewed(ServerWebExchange exchange, OAuth2AuthenticationToken person) {
        return exchange.getSession().flatMap(session -> {
            var kept = RefreshTokens.of(session);
            return kept == null || !isDue(kept, session)
                    ? Mono.empty()
                    // A refresh token may serve once only, and a page asks for many things at once.
                    : underWay.computeIfAbsent(
                            session.getId(),
                            id -> renewed(session, person, kept)
                                    // Before anybody is answered: who asks after that is not to get this answer again.
                                    .doOnTerminate(() -> underWay.remove(id))
                                    .cache());
        });
    }

    private boolean isDue(RefreshTokens.Kept kept, WebSession session) {
        var now = clock.instant();
        String notBefore = session.getAttribute(NOT_BEFORE);
        return kept.accessEnds().minus(EARLY).isBefore(now)
                && !now.isBefore(silentUntil)
                && (notBefore == null || !now.isBefore(Instant.parse(notBefore)));
    }

    private Mono<Renewed> renewed(WebSession session, OAuth2AuthenticationToken person, RefreshTokens.Kept kept) {
        return provider.registration()
                .flatMap(registration -> grants.getTokenResponse(request(registration, kept))
                        .flatMap(response ->
                                person(person, registration, response).map(now -> kept(session, now, response))))
                .onErrorResume(e -> isFinal(e) ? gone(session, person, kept, e) : later(session, e));
    }

    /// The access token is no part of what is sent.
    private static OAuth2RefreshTokenGrantRequest request(ClientRegistration registration, RefreshTokens.Kept kept) {
        var ends = kept.accessEnds();
        return new OAuth2RefreshTokenGrantRequest(
                registration,
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "ended", ends.minusSeconds(1), ends),
                new OAuth2RefreshToken(kept.token(), null));
    }

    private static Renewed kept(
            WebSession session, OAuth2AuthenticationToken person, OAuth2AccessTokenResponse response) {
        var refresh = response.getRefreshToken();
        RefreshTokens.keep(
                session,
                refresh == null ? null : refresh.getTokenValue(),
                response.getAccessToken().getExpiresAt());
        session.getAttributes()
                .put(
                        WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME,
                        new SecurityContextImpl(person));
        return new Still(person);
    }

    /// Who they are now; a provider need not send another ID token.
    private Mono<OAuth2AuthenticationToken> person(
            OAuth2AuthenticationToken before, ClientRegistration registration, OAuth2AccessTokenResponse response) {
        var known = (OidcUser) Objects.requireNonNull(before.getPrincipal());
        return idToken(registration, response)
                .defaultIfEmpty(known.getIdToken())
                .filter(token -> Objects.equals(token.getSubject(), known.getSubject()))
                .switchIfEmpty(Mono.error(() -> new OAuth2AuthenticationException("another subject than before")))
                .flatMap(token -> people.loadUser(new OidcUserRequest(
                        registration, response.getAccessToken(), token, response.getAdditionalParameters())))
                .map(now -> new OAuth2AuthenticationToken(
                        now, now.getAuthorities(), before.getAuthorizedClientRegistrationId()));
    }

    private Mono<OidcIdToken> idToken(ClientRegistration registration, OAuth2AccessTokenResponse response) {
        return response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String text
                ? tokens.createDecoder(registration)
                        .decode(text)
                        .map(jwt -> new OidcIdToken(text, jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getClaims()))
                : Mono.empty();
    }

    /// Whether the provider has answered, and it is no.
    private static boolean isFinal(Throwable e) {
        return switch (e) {
            case OAuth2AuthorizationException refused ->
                OAuth2ErrorCodes.INVALID_GRANT.equals(refused.getError().getErrorCode());
            case OAuth2AuthenticationException _ -> true;
            default -> false;
        };
    }

    /// Where another request was faster, which may be at another replica, the token had served, and the session has
    /// the next one.
    private Mono<Renewed> gone(
            WebSession session, OAuth2AuthenticationToken person, RefreshTokens.Kept tried, Throwable e) {
        return hasAnother(session, tried).flatMap(another -> {
            if (another) {
                return Mono.empty();
            }
            LOG.info("{} is logged out: {}", clean(person.getName()), clean(e.getMessage()));
            return session.invalidate().thenReturn(new Gone());
        });
    }

    private Mono<Boolean> hasAnother(WebSession session, RefreshTokens.Kept tried) {
        if (shared == null) {
            return Mono.just(!tried.equals(RefreshTokens.of(session)));
        }
        // The other replica keeps its session when it has answered.
        return Flux.interval(Duration.ZERO, LOOK)
                .take(LOOKS)
                .concatMap(_ -> shared.text(session.getId(), RefreshTokens.TOKEN), 1)
                .any(token -> !token.equals(tried.token()));
    }

    /// They stay who they were, until the provider answers or their session ends.
    private Mono<Renewed> later(WebSession session, Throwable e) {
        LOG.warn("The provider renews no login: {}", clean(e.getMessage()));
        var until = clock.instant().plus(PAUSE);
        session.getAttributes().put(NOT_BEFORE, until.toString());
        if (e instanceof AuthenticationServiceException) {
            silentUntil = until;
        }
        return Mono.empty();
    }

    private static String clean(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
    }
}
