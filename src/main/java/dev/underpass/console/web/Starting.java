package dev.underpass.console.web;

import dev.underpass.console.Phrases;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.recordings.AsOf;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// While there is no analysis, or none but one of long ago, tells those who look at a page what is being done, and to
/// come again: in a large cluster it takes long. Programs wait: they get the answer that they asked for.
@Component
@Order(1)
class Starting implements WebFilter {

    static final String TYPE = "starting";

    private static final String API = "/api/";
    private static final String SECONDS = "3";

    private final CurrentAnalysis analysis;

    Starting(CurrentAnalysis analysis) {
        this.analysis = analysis;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(
                () -> analysis.isThere() || !isForPage(exchange) ? chain.filter(exchange) : soon(exchange, chain));
    }

    /// Whether a browser asks for something to show: probes of health and other programs name no HTML.
    private static boolean isForPage(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return request.getMethod().equals(HttpMethod.GET)
                && request.getHeaders()
                        .getOrEmpty(HttpHeaders.ACCEPT)
                        .toString()
                        .contains(MediaType.TEXT_HTML_VALUE)
                && AsOf.of(exchange).isEmpty()
                && !request.getPath().pathWithinApplication().value().startsWith(API);
    }

    private Mono<Void> soon(ServerWebExchange exchange, WebFilterChain chain) {
        // What keeps it from being done is told by the page that asks for it.
        return analysis.current()
                .map(_ -> true)
                .onErrorReturn(true)
                .timeout(analysis.patience(), Mono.just(false))
                .flatMap(there -> there ? chain.filter(exchange) : Mono.error(this::refused));
    }

    private RefusedException refused() {
        var known = analysis.known();
        var text = Phrases.STARTING.with(
                known.pods().size(), known.nodes().size(), known.services().size());
        return new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, TYPE, text).with(HttpHeaders.RETRY_AFTER, SECONDS);
    }
}
