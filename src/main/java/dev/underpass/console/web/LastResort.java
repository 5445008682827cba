package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import dev.underpass.console.Visible;
import dev.underpass.console.security.Visitor;
import dev.underpass.words.Sentence;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.webflux.autoconfigure.error.AbstractErrorWebExceptionHandler;
import org.springframework.boot.webflux.error.ErrorAttributes;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
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
    private final Assets assets;

    LastResort(
            ErrorAttributes attributes,
            ApplicationContext context,
            ServerCodecConfigurer codecs,
            PageModel pages,
            Assets assets) {
        super(attributes, new WebProperties.Resources(), context);
        setMessageReaders(codecs.getReaders());
        setMessageWriters(codecs.getWriters());
        var resolvers = context.getBeansOfType(org.springframework.web.reactive.result.view.ViewResolver.class);
        setViewResolvers(resolvers.values().stream().toList());
        this.pages = pages;
        this.assets = assets;
    }

    @Override
    protected RouterFunction<ServerResponse> getRoutingFunction(ErrorAttributes attributes) {
        var api = RequestPredicates.path("/api/**").or(RequestPredicates.path("/at/*/api/**"));
        return RouterFunctions.route(api, request -> problem(failure(request)))
                .andRoute(RequestPredicates.all(), request -> page(request, failure(request)));
    }

    /// What went wrong, in the words that may be shown.
    private record Failure(HttpStatusCode status, String type, String titleKey, Sentence detail, List<String> header) {

        static Failure of(@Nullable Throwable error, String path) {
            return switch (error) {
                case RefusedException refused ->
                    new Failure(
                            refused.status(),
                            refused.type(),
                            refused.type().equals(Starting.TYPE) ? "error.starting" : "error.refused",
                            refused.sentence(),
                            refused.header());
                case NotFoundException missing ->
                    new Failure(HttpStatus.NOT_FOUND, "not-found", "error.notFound", missing.sentence(), List.of());
                case ErrorResponse response -> of(response.getStatusCode(), path);
                case null, default -> of(HttpStatus.INTERNAL_SERVER_ERROR, path);
            };
        }

        private static Failure of(HttpStatusCode status, String path) {
            return status.value() == HttpStatus.NOT_FOUND.value()
                    ? new Failure(
                            status,
                            "not-found",
                            "error.notFound",
                            Sentence.line("Nothing is served at " + path + "."),
                            List.of())
                    : new Failure(
                            status,
                            "http-" + status.value(),
                            "error.server",
                            Sentence.line("Status " + status.value() + "."),
                            List.of());
        }

        boolean starting() {
            return type.equals(Starting.TYPE);
        }

        void head(HttpHeaders headers) {
            if (!header.isEmpty()) {
                headers.set(header.getFirst(), header.getLast());
            }
        }
    }

    private Failure failure(ServerRequest request) {
        return Failure.of(getError(request), request.path());
    }

    private static Mono<ServerResponse> problem(Failure failure) {
        var problem = ProblemDetail.forStatusAndDetail(
                failure.status(), failure.detail().toString());
        problem.setType(URI.create("https://underpass.dev/problems/" + failure.type()));
        return ServerResponse.status(failure.status())
                .headers(failure::head)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(problem);
    }

    private Mono<ServerResponse> page(ServerRequest request, Failure failure) {
        if (failure.status().is5xxServerError() && !(getError(request) instanceof RefusedException)) {
            LOG.error("{} failed", request.path(), getError(request));
        }
        var visitor = Visitor.of(request.exchange());
        var answer =
                ServerResponse.status(failure.status()).headers(failure::head).contentType(MediaType.TEXT_HTML);
        var detail = Visible.of(pages.speech(request.exchange()).of(failure.detail()));
        var words = Map.<String, Object>of(
                "titleKey",
                failure.titleKey(),
                "detail",
                detail,
                "visitor",
                visitor,
                "again",
                failure.starting() ? failure.header().getLast() : "",
                "styles",
                assets.styles());
        return visitor.viewer() && !failure.starting()
                ? pages.frame(request.exchange())
                        .contextWrite(visitor::into)
                        .map(frame -> with(words, frame))
                        .flatMap(model -> answer.render("error", model))
                : answer.render("refused", words);
    }

    private static Map<String, Object> with(Map<String, Object> words, PageModel.Frame frame) {
        var model = new HashMap<>(words);
        model.put("frame", frame);
        return model;
    }
}
