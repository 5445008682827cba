package dev.underpass.console.recordings;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Earlier;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/// Answers what is asked below `/at/RECORDING/` of the recording; it runs once it is clear who asks. Its pages link to
/// each other there, because the recording's path is the console's for them. What is only of now leads to now.
@Component
@Order(0)
class AsOfFilter implements WebFilter {

    /// What can be answered of then; a test holds it against the table of all that is answered.
    static final List<PathPattern> RECORDED = patterns(
            "/",
            "/palette",
            "/trace",
            "/reachability",
            "/reachability/{row}/{column}",
            "/findings",
            "/findings/{code}",
            "/findings/{code}/workloads",
            "/topology",
            "/pods",
            "/pods/{namespace}/{name}",
            "/pods/{namespace}/{name}/routes",
            "/pods/{namespace}/{name}/services",
            "/pods/{namespace}/{name}/interfaces",
            "/pods/{namespace}/{name}/events",
            "/pods/{namespace}/{name}/yaml",
            "/services",
            "/services/{namespace}/{name}",
            "/nodes",
            "/nodes/{name}",
            "/coordinator",
            "/networks",
            "/networks/{namespace}/{name}",
            "/pools",
            "/pools/{name}",
            "/reservedips",
            "/api/v1/overview",
            "/api/v1/nodes",
            "/api/v1/nodes/{node}",
            "/api/v1/nodes/{node}/report",
            "/api/v1/pods",
            "/api/v1/pods/{namespace}/{name}",
            "/api/v1/pods/{namespace}/{name}/routes",
            "/api/v1/pods/{namespace}/{name}/reachability",
            "/api/v1/pods/{namespace}/{name}/events",
            "/api/v1/services",
            "/api/v1/services/{namespace}/{name}",
            "/api/v1/findings",
            "/api/v1/matrix",
            "/api/v1/topology",
            "/api/v1/trace",
            "/api/v1/disagreements");

    private static final List<PathPattern> ASSETS = patterns("/assets/**");

    /// Forms, which look like an object's page.
    private static final List<PathPattern> NOW = patterns("/pools/new", "/coordinator/new", "/reservedips/new");

    private final OpenRecordings recordings;

    AsOfFilter(OpenRecordings recordings) {
        this.recordings = recordings;
    }

    private static List<PathPattern> patterns(String... patterns) {
        return Stream.of(patterns).map(PathPatternParser.defaultInstance::parse).toList();
    }

    private static boolean isOneOf(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /// Whether what is there now can be answered of then as well.
    static boolean isOfThen(PathContainer path) {
        return isOneOf(RECORDED, path) && !isOneOf(NOW, path);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var asked = AsOf.asked(exchange.getRequest());
        boolean looks = exchange.getRequest().getMethod().equals(HttpMethod.GET)
                || exchange.getRequest().getMethod().equals(HttpMethod.HEAD);
        if (asked.isEmpty() || !looks) {
            return chain.filter(exchange);
        }
        var asOf = asked.get();
        if (asOf.address().isEmpty() || asOf.address().startsWith("?")) {
            return redirected(exchange, asOf.prefix() + "/" + asOf.address());
        }
        var then = exchange.mutate()
                .request(request -> request.contextPath(asOf.prefix()))
                .build();
        var path = then.getRequest().getPath().pathWithinApplication();
        if (isOneOf(ASSETS, path)) {
            return chain.filter(then);
        }
        if (!isOfThen(path)) {
            // What a script asks for is not answered with something else.
            return asOf.address().startsWith("/api/") ? chain.filter(exchange) : redirected(exchange, asOf.now());
        }
        return recordings.view(asOf.recording()).flatMap(cluster -> answered(then, chain, asOf, cluster));
    }

    private static Mono<Void> redirected(ServerWebExchange exchange, String path) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.FOUND);
        response.getHeaders().setLocation(URI.create(path));
        return response.setComplete();
    }

    private static Mono<Void> answered(ServerWebExchange then, WebFilterChain chain, AsOf asOf, ClusterView cluster) {
        then.getAttributes().put(AsOf.class.getName(), asOf);
        return chain.filter(then).contextWrite(context -> Earlier.in(context, cluster));
    }
}
