package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import dev.underpass.console.audit.AuditNote;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The token that a form carries to show that it is ours (CSRF). Programs that send JSON need none: a page from
/// elsewhere cannot make a browser send that without asking first, and it is never allowed to.
final class FormTokens {

    static final String HEADER = "X-CSRF-TOKEN";

    private static final String BEARER = "Bearer ";

    private static final List<MediaType> FORMS =
            List.of(MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA, MediaType.TEXT_PLAIN);

    private FormTokens() {}

    /// Tokens in a cookie, for visitors who have no session.
    static CsrfSpec inCookies(CsrfSpec csrf) {
        return refusing(
                        csrf,
                        exchange -> Mono.fromRunnable(() -> AuditNote.of(exchange)
                                .ifPresent(note -> note.asks(OpenConsole.NAME, Role.ADMIN.word()))))
                .csrfTokenRepository(cookies())
                .requireCsrfProtectionMatcher(FormTokens::isForm);
    }

    /// Cookies that leave a browser encrypted only, where that is how it talks to us; which a proxy may know alone.
    private static ServerCsrfTokenRepository cookies() {
        return new ByScheme(cookies(false), cookies(true));
    }

    private record ByScheme(ServerCsrfTokenRepository plain, ServerCsrfTokenRepository secure)
            implements ServerCsrfTokenRepository {

        private ServerCsrfTokenRepository of(ServerWebExchange exchange) {
            return Paths.encrypted(exchange.getRequest()) ? secure : plain;
        }

        @Override
        public Mono<CsrfToken> generateToken(ServerWebExchange exchange) {
            return of(exchange).generateToken(exchange);
        }

        @Override
        public Mono<Void> saveToken(ServerWebExchange exchange, @Nullable CsrfToken token) {
            return of(exchange).saveToken(exchange, token);
        }

        @Override
        public Mono<CsrfToken> loadToken(ServerWebExchange exchange) {
            return of(exchange).loadToken(exchange);
        }
    }

    private static ServerCsrfTokenRepository cookies(boolean encrypted) {
        var cookies = new CookieServerCsrfTokenRepository();
        cookies.setCookieName("underpass-form");
        cookies.setHeaderName(HEADER);
        cookies.setCookieCustomizer(cookie -> cookie.sameSite("Strict").secure(encrypted));
        return cookies;
    }

    /// Asks for tokens wherever a browser's cookies could say who asks. A bearer token is never sent by itself.
    static CsrfSpec ofSessions(CsrfSpec csrf, boolean bearers) {
        var sessions = new WebSessionServerSecurityContextRepository();
        return refusing(
                        csrf,
                        exchange -> sessions.load(exchange)
                                .mapNotNull(SecurityContext::getAuthentication)
                                .doOnNext(who -> VisitorFilter.note(exchange, who))
                                .then())
                .csrfTokenRepository(cookies())
                .requireCsrfProtectionMatcher(exchange -> byCookie(exchange, bearers));
    }

    private static Mono<MatchResult> byCookie(ServerWebExchange exchange, boolean bearers) {
        var request = exchange.getRequest();
        var authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        boolean bearer = bearers && authorization != null && authorization.regionMatches(true, 0, BEARER, 0, 7);
        if (!Paths.changes(request) || bearer || BackChannel.isMeant(request)) {
            return MatchResult.notMatch();
        }
        return request.getCookies().isEmpty() ? isForm(exchange) : MatchResult.match();
    }

    /// Refuses forms without the token with words that help. The API takes no forms at all, and a program that forgot
    /// to
    /// name its JSON (`curl -d`) is told so.
    ///
    /// @param noted notes who it was: forms are looked at before anybody knows
    private static CsrfSpec refusing(CsrfSpec csrf, Function<ServerWebExchange, Mono<Void>> noted) {
        return csrf.accessDeniedHandler(
                (exchange, _) -> noted.apply(exchange).then(Mono.error(() -> refusal(exchange.getRequest()))));
    }

    private static RefusedException refusal(ServerHttpRequest request) {
        return Paths.isApi(request) && form(request)
                ? new RefusedException(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-media-type",
                        "The API takes application/json, and the request says that it is a form: send"
                                + " 'Content-Type: application/json'.")
                : new RefusedException(
                        HttpStatus.FORBIDDEN,
                        "form-token",
                        "The form's token is missing or old, so that nothing was changed. Go back, load the page again"
                                + " and send the form once more; cookies must be allowed.");
    }

    static Mono<MatchResult> isForm(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return Paths.changes(request) && form(request) ? MatchResult.match() : MatchResult.notMatch();
    }

    private static boolean form(ServerHttpRequest request) {
        try {
            var type = request.getHeaders().getContentType();
            return type != null && FORMS.stream().anyMatch(form -> form.equalsTypeAndSubtype(type));
        } catch (InvalidMediaTypeException _) {
            return true;
        }
    }
}
