package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Answers only under names that are ours, and lets only our own pages change anything. A page of somebody else whose
/// name is made to lead here (DNS rebinding), or which posts a form to us, is refused whoever is logged in.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class KnownHosts implements WebFilter {

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private final List<String> names;

    KnownHosts(@Value("${underpass.security.hosts:}") List<String> names) {
        this.names = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var reason = refusal(exchange.getRequest());
        return reason == null ? chain.filter(exchange) : PlainRefusal.of(reason, exchange);
    }

    private @Nullable RefusedException refusal(ServerHttpRequest request) {
        var asked = request.getURI();
        var sent = sent(request);
        for (var host : List.of(Objects.requireNonNullElse(asked.getHost(), ""), sent)) {
            if (!known(host)) {
                return new RefusedException(
                        HttpStatus.MISDIRECTED_REQUEST,
                        "unknown-host",
                        ("This console does not answer to the name '%s'. It answers to localhost, to loopback addresses,"
                                        + " and to the names in underpass.security.hosts.")
                                .formatted(shown(host)));
            }
        }
        return !Paths.changes(request) || ours(request)
                ? null
                : new RefusedException(
                        HttpStatus.FORBIDDEN,
                        "cross-origin",
                        "A page from elsewhere (%s) may not change anything here; this console is %s."
                                .formatted(shown(origin(request)), Origins.of(asked)));
    }

    /// The name in the request itself. Behind a proxy it may differ from the one that the proxy passed on.
    private static String sent(ServerHttpRequest request) {
        var host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (host == null) {
            return "";
        }
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    private boolean known(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || names.contains(name) || isLoopback(name);
    }

    private static boolean isLoopback(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        try {
            return InetAddress.ofLiteral(bracketed ? name.substring(1, name.length() - 1) : name)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// A browser says where a change comes from; what is no browser says nothing.
    private static boolean ours(ServerHttpRequest request) {
        var site = request.getHeaders().getFirst(FETCH_SITE);
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        var origin = request.getHeaders().getOrigin();
        return origin == null || origin.equals(Origins.of(request.getURI()));
    }

    private static String origin(ServerHttpRequest request) {
        return Objects.requireNonNullElse(request.getHeaders().getOrigin(), "an unnamed origin");
    }

    private static String shown(String text) {
        var clean = text.replaceAll("[^\\x21-\\x7e ]", "?");
        return clean.substring(0, Math.min(clean.length(), 253));
    }

    /// Origins (RFC 6454) as browsers write them.
    static final class Origins {

        private Origins() {}

        static String of(URI uri) {
            int usual = "https".equals(uri.getScheme()) ? 443 : 80;
            var port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT);
        }
    }
}
