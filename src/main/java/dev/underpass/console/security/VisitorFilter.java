package dev.underpass.console.security;

import dev.underpass.console.Impersonated;
import dev.underpass.console.audit.AuditNote;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Tells the pages who asks for them, gives them the token for their forms, and says for whom the cluster is edited.
final class VisitorFilter implements WebFilter {

    private final Function<Authentication, Optional<Impersonated>> impersonation;

    /// @param impersonation as whom the cluster is to take what somebody does
    VisitorFilter(Function<Authentication, Optional<Impersonated>> impersonation) {
        this.impersonation = impersonation;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .doOnNext(authentication -> note(exchange, authentication))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(who -> answered(exchange, chain, who)
                        .contextWrite(context -> who.flatMap(impersonation)
                                .map(someone -> someone.into(context))
                                .orElse(context)));
    }

    private static Mono<Void> answered(ServerWebExchange exchange, WebFilterChain chain, Optional<Authentication> who) {
        if (!Paths.isPage(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        var known = who.map(VisitorFilter::visitor).orElse(Visitor.UNKNOWN);
        return token(exchange)
                .map(token -> new Visitor(known.name(), known.role(), token))
                .doOnNext(visitor -> visitor.enter(exchange))
                .flatMap(visitor -> chain.filter(exchange).contextWrite(visitor::into));
    }

    /// Notes for the audit log who asks.
    static void note(ServerWebExchange exchange, Authentication authentication) {
        var role = Role.of(authentication.getAuthorities()).map(Role::word).orElse("");
        AuditNote.of(exchange).ifPresent(note -> note.asks(authentication.getName(), role));
    }

    /// The token is made, and its cookie set, when it is asked for.
    private static Mono<String> token(ServerWebExchange exchange) {
        Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.doOnNext(made ->
                        exchange.getAttributes().put(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME, made))
                .map(CsrfToken::getToken)
                .defaultIfEmpty("");
    }

    private static Visitor visitor(Authentication authentication) {
        var role = Role.of(authentication.getAuthorities()).orElse(null);
        var name = authentication instanceof AnonymousAuthenticationToken ? "" : authentication.getName();
        return new Visitor(name, role, null);
    }
}
