package dev.underpass.console.security;

import dev.underpass.console.RefusedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// A refusal that shows nothing of the console: to somebody who may not even know which cluster this is.
final class PlainRefusal {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlainRefusal() {}

    /// Answers with the reason: a problem for the API, a line of text for everybody else.
    static Mono<Void> of(RefusedException reason, ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.setStatusCode(reason.status());
        boolean api = Paths.isApi(exchange.getRequest());
        response.getHeaders()
                .setContentType(
                        api
                                ? MediaType.APPLICATION_PROBLEM_JSON
                                : new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
        if (!reason.header().isEmpty()) {
            response.getHeaders()
                    .set(reason.header().getFirst(), reason.header().getLast());
        }
        var text = api ? problem(reason, exchange.getRequest()) : reason.getMessage() + "\n";
        var body = response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8));
        return response.writeWith(Mono.just(body));
    }

    private static String problem(RefusedException reason, ServerHttpRequest request) {
        return JSON.createObjectNode()
                .put(
                        "type",
                        URI.create("https://underpass.dev/problems/" + reason.type())
                                .toString())
                .put("title", reason.status().getReasonPhrase())
                .put("status", reason.status().value())
                .put("detail", Objects.requireNonNullElse(reason.getMessage(), ""))
                .put("instance", request.getPath().value())
                .toString();
    }
}
