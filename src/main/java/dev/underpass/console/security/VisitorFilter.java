package dev.underpass.console.security;

import dev.underpass.console.audit.AuditNote;
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

/// Tells the pages who asks for them, and gives them the token for their forms.
final class VisitorFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var who = ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .doOnNext(authentication -> note(exchange, authentication))
                .map(VisitorFilter::visitor)
                .defaultIfEmpty(Visitor.UNKNOWN);
        if (!Paths.isPage(exchange.getRequest())) {
            return who.then(Mono.defer(() -> chain.filter(exchange)));
        }
        return Mono.zip(who, token(exchange), (visitor, token) -> new Visitor(visitor.name(), visitor.role(), token))
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
