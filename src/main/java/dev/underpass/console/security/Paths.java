package dev.underpass.console.security;

import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Which requests are what.
final class Paths {

    private static final List<String> NOT_PAGES = List.of("/api/", "/assets/", "/actuator/", "/v3/");

    private static final List<HttpMethod> READING = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private Paths() {}

    /// Whether it asks for something to be changed.
    static boolean changes(ServerHttpRequest request) {
        return !READING.contains(request.getMethod());
    }

    /// Whether a page, or a part of one, is asked for.
    static boolean isPage(ServerHttpRequest request) {
        var path = request.getPath().pathWithinApplication().value();
        return NOT_PAGES.stream().noneMatch(path::startsWith);
    }

    /// Whether a problem (RFC 9457) is the answer that the client understands.
    static boolean isApi(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/api/");
    }

    static boolean isAsset(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().startsWith("/assets/");
    }

    /// Whether the answer goes on for as long as somebody listens.
    static boolean isStream(ServerHttpRequest request) {
        return request.getPath().pathWithinApplication().value().equals("/api/v1/events");
    }

    /// Whether nobody on the way can read it. Behind a proxy, as the proxy says.
    static boolean encrypted(ServerHttpRequest request) {
        return "https".equalsIgnoreCase(request.getURI().getScheme());
    }
}
