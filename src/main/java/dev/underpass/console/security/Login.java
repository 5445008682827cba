package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2LoginSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.web.server.logout.OidcClientInitiatedServerLogoutSuccessHandler;
import org.springframework.security.web.server.DefaultServerRedirectStrategy;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/// How people come in and go.
final class Login {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private static final String BEGIN = "/oauth2/authorization/" + Provider.ID;
    /// What a browser says of what it asks for; only where a person goes, they can log in.
    private static final String FETCH_MODE = "Sec-Fetch-Mode";

    private static final String SIGNED_OUT = "/signed-out";

    private final OidcSettings settings;
    private final Provider provider;
    private final Clock clock;
    private final @Nullable LiveSessions shared;
    private final EndedLogins ended;

    /// @param shared absent where nobody else can end a session
    Login(OidcSettings settings, Provider provider, Clock clock, @Nullable LiveSessions shared, EndedLogins ended) {
        this.settings = settings;
        this.provider = provider;
        this.clock = clock;
        this.shared = shared;
        this.ended = ended;
    }

    Provider provider() {
        return provider;
    }

    Clock clock() {
        return clock;
    }

    /// For whom tokens of programs must be; absent where programs may not come in.
    @Nullable
    String audience() {
        return settings.audience();
    }

    SessionEnd sessions() {
        return new SessionEnd(settings.absoluteTimeout(), clock, shared, ended::isOver);
    }

    void in(OAuth2LoginSpec login) {
        login.clientRegistrationRepository(provider)
                .authorizedClientRepository(new RefreshTokens())
                .authorizationRequestRepository(new LoginCookie())
                .loginPage(BEGIN)
                .authenticationFailureHandler((_, e) -> Mono.error(loginRefusal(e)))
                .authenticationSuccessHandler((filtered, who) -> filtered.getExchange()
                        .getSession()
                        .doOnNext(_ -> VisitorFilter.note(filtered.getExchange(), who))
                        .doOnNext(session -> begun(session, who))
                        .then(Mono.defer(
                                () -> redirect(filtered.getExchange(), LoginCookie.back(filtered.getExchange())))));
    }

    private void begun(WebSession session, Authentication who) {
        session.setMaxIdleTime(settings.idleTimeout());
        ended.begun(session, who);
    }

    void out(LogoutSpec logout) {
        var after = new OidcClientInitiatedServerLogoutSuccessHandler(provider);
        after.setPostLogoutRedirectUri("{baseUrl}" + SIGNED_OUT);
        after.setLogoutSuccessUrl(URI.create(SIGNED_OUT));
        after.setRedirectStrategy(Login::leave);
        logout.logoutUrl("/logout")
                .logoutHandler(handlers -> {
                    handlers.clear();
                    handlers.addAll(List.of(
                            Login::noted,
                            new SecurityContextServerLogoutHandler(),
                            new WebSessionServerLogoutHandler()));
                })
                .logoutSuccessHandler(after);
    }

    private static Mono<Void> noted(WebFilterExchange filtered, Authentication who) {
        VisitorFilter.note(filtered.getExchange(), who);
        return Mono.empty();
    }

    /// To the provider, so that it ends its session too. Not by a redirect: our policy forbids that forms lead
    /// elsewhere, and browsers hold redirects after a form for that.
    private static Mono<Void> leave(ServerWebExchange exchange, URI location) {
        if (!location.isAbsolute()) {
            return redirect(exchange, location.toString());
        }
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().set("Refresh", "0; url=" + location.toASCIIString());
        response.getHeaders().setContentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
        var text = "You are logged out here; now you are logged out at the provider as well.\n";
        return response.writeWith(Mono.just(response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Mono<Void> redirect(ServerWebExchange exchange, String path) {
        return new DefaultServerRedirectStrategy().sendRedirect(exchange, URI.create(path));
    }

    /// People who read a page go to the provider and come back to it; everybody else is told that they are unknown.
    static Mono<Void> begin(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        boolean reads = request.getMethod().equals(HttpMethod.GET)
                && Paths.isPage(request)
                && request.getHeaders().getFirst("HX-Request") == null
                && "navigate"
                        .equals(request.getHeaders().getOrEmpty(FETCH_MODE).stream()
                                .findFirst()
                                .orElse("navigate"));
        if (!reads) {
            return Mono.error(unknown());
        }
        var query = request.getURI().getRawQuery();
        var page = request.getPath().pathWithinApplication().value() + (query == null ? "" : "?" + query);
        return redirect(exchange, BEGIN + "?" + LoginCookie.BACK + "=" + UriUtils.encode(page, StandardCharsets.UTF_8));
    }

    /// Whoever is not known learns nothing, not even why.
    static RefusedException unknown() {
        return new RefusedException(
                        HttpStatus.UNAUTHORIZED,
                        "unauthenticated",
                        "You are not logged in, or not any more. Nothing was changed: log in, in another tab if you have"
                                + " typed something here, and try again.")
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    RefusedException refusal(AuthenticationException e) {
        return e instanceof AuthenticationServiceException ? provider.unreachable() : unknown();
    }

    private RefusedException loginRefusal(AuthenticationException e) {
        LOG.info("A login was refused: {}", String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"));
        return e instanceof AuthenticationServiceException
                ? provider.unreachable()
                : new RefusedException(
                        HttpStatus.UNAUTHORIZED,
                        "login-failed",
                        "The login was not finished: it took too long, was finished before, or the provider refused it.");
    }
}
