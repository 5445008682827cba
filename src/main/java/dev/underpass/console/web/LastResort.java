package dev.underpass.console.web;

import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.webflux.autoconfigure.error.AbstractErrorWebExceptionHandler;
import org.springframework.boot.webflux.error.ErrorAttributes;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Errors that no controller saw, such as paths that nobody serves: a problem for the API, a page for everybody else.
@Component
@Order(-2)
class LastResort extends AbstractErrorWebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final PageModel pages;

    LastResort(ErrorAttributes attributes, ApplicationContext context, ServerCodecConfigurer codecs, PageModel pages) {
        super(attributes, new WebProperties.Resources(), context);
        setMessageReaders(codecs.getReaders());
        setMessageWriters(codecs.getWriters());
        var resolvers = context.getBeansOfType(org.springframework.web.reactive.result.view.ViewResolver.class);
        setViewResolvers(resolvers.values().stream().toList());
        this.pages = pages;
    }

    @Override
    protected RouterFunction<ServerResponse> getRoutingFunction(ErrorAttributes attributes) {
        return RouterFunctions.route(RequestPredicates.path("/api/**"), request -> problem(status(request)))
                .andRoute(RequestPredicates.all(), request -> page(request, status(request)));
    }

    private HttpStatusCode status(ServerRequest request) {
        var error = getError(request);
        return error instanceof ErrorResponse response ? response.getStatusCode() : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static Mono<ServerResponse> problem(HttpStatusCode status) {
        var problem = ProblemDetail.forStatus(status);
        boolean missing = status.value() == HttpStatus.NOT_FOUND.value();
        problem.setType(
                URI.create("https://underpass.dev/problems/" + (missing ? "not-found" : "http-" + status.value())));
        problem.setDetail(missing ? "Nothing is served at this path." : "The request could not be answered.");
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(problem);
    }

    private Mono<ServerResponse> page(ServerRequest request, HttpStatusCode status) {
        if (status.is5xxServerError()) {
            LOG.error("{} failed", request.path(), getError(request));
        }
        boolean missing = status.value() == HttpStatus.NOT_FOUND.value();
        var detail = missing ? "Nothing is served at " + request.path() + "." : "Status " + status.value() + ".";
        return pages.frame(request.exchange())
                .flatMap(frame -> ServerResponse.status(status)
                        .contentType(MediaType.TEXT_HTML)
                        .render(
                                "error",
                                Map.of(
                                        "frame",
                                        frame,
                                        "titleKey",
                                        missing ? "error.notFound" : "error.server",
                                        "detail",
                                        detail)));
    }
}
