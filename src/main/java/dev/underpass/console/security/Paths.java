package dev.underpass.console.security;

import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Which paths are what.
final class Paths {

    private static final List<String> NOT_PAGES = List.of("/api/", "/assets/", "/actuator/", "/v3/");

    private Paths() {}

    /// Whether a page, or a part of one, is asked for.
    static boolean isPage(ServerHttpRequest request) {
        var path = request.getPath().pathWithinApplication().value();
        return NOT_PAGES.stream().noneMatch(path::startsWith);
    }

    /// Whether a problem (RFC 9457) is the answer that the client understands.
    static boolean isApi(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/api/");
    }
}
