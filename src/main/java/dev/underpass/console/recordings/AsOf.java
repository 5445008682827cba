package dev.underpass.console.recordings;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/// A request that asks about the cluster as it was: `/at/RECORDING/` before the address of the same now.
///
/// @param recording its id
/// @param base the path before it, empty where the console has none
/// @param address the path after it, and the query
public record AsOf(String recording, String base, String address) {

    private static final Pattern PATH = Pattern.compile("/at/([^/]+)(/.*)?");

    static Optional<AsOf> asked(ServerHttpRequest request) {
        var path = PATH.matcher(request.getPath().pathWithinApplication().value());
        if (!path.matches() || !Recording.isId(path.group(1))) {
            return Optional.empty();
        }
        var query = request.getURI().getRawQuery();
        // An address that begins with two slashes leads to another host.
        var address = path.group(2) == null ? "" : path.group(2).replaceFirst("^/+", "/");
        return Optional.of(new AsOf(
                path.group(1),
                request.getPath().contextPath().value(),
                query == null ? address : address + "?" + query));
    }

    /// What the exchange asks; absent where it asks of now.
    public static Optional<AsOf> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(AsOf.class.getName()));
    }

    /// The path under which all of the recording is.
    String prefix() {
        return base + "/at/" + recording;
    }

    /// The same address now.
    public String now() {
        return base + address;
    }

    /// The same address in another recording.
    public String in(String other) {
        return base + "/at/" + other + address;
    }
}
