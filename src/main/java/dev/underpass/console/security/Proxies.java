package dev.underpass.console.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.util.ForwardedHeaderUtils;

/// Sees a request as it was before the proxies that brought it: its scheme, host, path and sender. Only proxies that
/// are
/// trusted are believed, and only their `X-Forwarded-*`: most proxies pass `Forwarded` (RFC 7239) on as anybody sent
/// it.
final class Proxies extends ForwardedHeaderTransformer {

    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    private static final String PORT = "X-Forwarded-Port";
    private static final String FOR = "X-Forwarded-For";
    private static final String PATH = "X-Forwarded-Prefix";

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private static final Set<String> NAMES = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        NAMES.addAll(List.of("Forwarded", PROTO, HOST, PORT, FOR, PATH, "X-Forwarded-Ssl"));
    }

    private final ProxySettings settings;

    Proxies(ProxySettings settings) {
        this.settings = settings;
    }

    /// @throws IllegalArgumentException if a proxy that is trusted tells what cannot be; the answer is 400
    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        boolean told = hasForwardedHeaders(request);
        if (!told && settings.path().isEmpty()) {
            return request;
        }
        var seen = request.mutate().headers(headers -> NAMES.forEach(headers::remove));
        var path = settings.path();
        var uri = request.getURI();
        if (told && settings.trusts(request.getRemoteAddress())) {
            uri = ForwardedHeaderUtils.adaptFromForwardedHeaders(uri, place(request.getHeaders()))
                    .build(true)
                    .toUri();
            seen.uri(uri).remoteAddress(sender(request));
            var stripped = stripped(request.getHeaders());
            if (stripped != null) {
                return seen.path(stripped + uri.getRawPath())
                        .contextPath(stripped)
                        .build();
            }
        }
        return path.isEmpty()
                ? seen.build()
                : seen.path(whole(path, uri.getRawPath())).contextPath(path).build();
    }

    /// Who comes past the proxy, such as an agent, names no path before the console's own.
    private static String whole(String path, String asked) {
        return asked.equals(path) || asked.startsWith(path + "/") ? asked : path + asked;
    }

    private static HttpHeaders place(HttpHeaders all) {
        var scheme = all.getFirst(PROTO);
        if (scheme != null && !SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(PROTO + " is neither http nor https");
        }
        var some = new HttpHeaders();
        for (var name : List.of(PROTO, HOST, PORT)) {
            some.addAll(name, all.getOrEmpty(name));
        }
        return some;
    }

    /// What the proxy took from the path; absent where it says nothing of that.
    private static @Nullable String stripped(HttpHeaders headers) {
        var path = headers.getFirst(PATH);
        var plain = path == null ? "" : path.replaceFirst("/$", "");
        if (plain.isEmpty()) {
            return null;
        }
        if (!ProxySettings.isPath(plain)) {
            throw new IllegalArgumentException(PATH + " is no path");
        }
        return plain;
    }

    /// The last one in the list who is no proxy of ours: what stands before it, anybody could have written.
    private InetSocketAddress sender(ServerHttpRequest request) {
        var peer = Objects.requireNonNull(request.getRemoteAddress());
        var hops = request.getHeaders().getOrEmpty(FOR).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList()
                .reversed();
        InetAddress sender = peer.getAddress();
        for (var hop : hops) {
            var address = address(hop);
            if (address == null) {
                break;
            }
            sender = address;
            if (!settings.trusts(address)) {
                break;
            }
        }
        return new InetSocketAddress(sender, sender.equals(peer.getAddress()) ? peer.getPort() : 0);
    }

    private static @Nullable InetAddress address(String hop) {
        try {
            return InetAddress.ofLiteral(hop.replaceAll("[\\[\\]]", ""));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
