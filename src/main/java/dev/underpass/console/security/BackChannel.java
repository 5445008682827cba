package dev.underpass.console.security;

import dev.underpass.console.audit.AuditNote;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Where the provider tells that somebody has logged out (OpenID Connect Back-Channel Logout 1.0). Its signature shows
/// that it is the provider; whoever else asks learns nothing, not even why.
@RestController
@Conditional(LoginConfigured.class)
class BackChannel {

    static final String PATH = "/logout/connect/back-channel/" + Provider.ID;

    private static final Logger LOG = LoggerFactory.getLogger(BackChannel.class);
    private static final String PARAMETER = "logout_token=";
    private static final int LONGEST_BODY = 32 << 10;

    private final ReactiveJwtDecoder tokens;
    private final EndedLogins logins;
    private final Clock clock;

    BackChannel(Tokens tokens, Provider provider, EndedLogins logins, Clock clock) {
        this.tokens = tokens.ofLogouts(provider);
        this.logins = logins;
        this.clock = clock;
    }

    /// Whether a request comes here: by no form of ours, so that no form's token can be asked for.
    static boolean isMeant(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().equals(PATH);
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<String>> logout(ServerWebExchange exchange) {
        return token(exchange.getRequest())
                .flatMap(tokens::decode)
                .flatMap(token -> ended(token, exchange))
                .switchIfEmpty(Mono.fromCallable(() -> refused("no token, or several")))
                .onErrorResume(e -> Mono.just(failed(e)));
    }

    /// The token, which must be the only one.
    private static Mono<String> token(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody(), LONGEST_BODY)
                .map(body -> {
                    var text = body.toString(StandardCharsets.UTF_8);
                    DataBufferUtils.release(body);
                    return tokens(text);
                })
                .filter(found -> found.size() == 1)
                .map(List::getFirst);
    }

    /// @throws IllegalArgumentException if the form is none
    private static List<String> tokens(String form) {
        return Stream.of(form.split("&", -1))
                .filter(field -> field.startsWith(PARAMETER))
                .map(field -> URLDecoder.decode(field.substring(PARAMETER.length()), StandardCharsets.UTF_8))
                .toList();
    }

    private Mono<ResponseEntity<String>> ended(Jwt token, ServerWebExchange exchange) {
        var logout = new EndedLogins.Logout(
                Objects.requireNonNull(token.getId()),
                token.getClaimAsString(LogoutClaims.SESSION),
                token.getSubject(),
                clock.instant());
        AuditNote.of(exchange).ifPresent(note -> note(note, logout));
        return Mono.fromCallable(() -> logins.end(logout))
                .subscribeOn(Schedulers.boundedElastic())
                .map(isNew -> isNew ? ResponseEntity.ok().build() : refused("it was told before"));
    }

    private static void note(AuditNote note, EndedLogins.Logout logout) {
        note.asks(Objects.requireNonNullElse(logout.subject(), ""), "");
        if (logout.session() != null) {
            note.tell("session", logout.session());
        }
    }

    private static ResponseEntity<String> failed(Throwable e) {
        return switch (e) {
            case BadJwtException _, IllegalArgumentException _, DataBufferLimitException _ ->
                refused(String.valueOf(e.getMessage()));
            // The keys cannot be had now. Later it may be the same.
            default -> {
                LOG.warn("A logout by the provider cannot be judged: {}", clean(String.valueOf(e.getMessage())));
                yield ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, "10")
                        .build();
            }
        };
    }

    private static ResponseEntity<String> refused(String reason) {
        LOG.info("A logout by the provider was refused: {}", clean(reason));
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"error\":\"invalid_request\"}");
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
