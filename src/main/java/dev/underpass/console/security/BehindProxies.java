package dev.underpass.console.security;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/// The console behind reverse proxies.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProxySettings.class)
class BehindProxies {

    /// @throws IllegalStateException if headers are to be believed whoever sends them
    @Bean(WebHttpHandlerBuilder.FORWARDED_HEADER_TRANSFORMER_BEAN_NAME)
    ForwardedHeaderTransformer proxies(
            ProxySettings settings, @Value("${server.forward-headers-strategy:none}") String strategy) {
        if (!strategy.equalsIgnoreCase("none")) {
            throw new IllegalStateException(
                    "server.forward-headers-strategy is %s, which believes X-Forwarded-* of anybody: name the proxies in %s.trusted instead"
                            .formatted(strategy, ProxySettings.PREFIX));
        }
        return new Proxies(settings);
    }

    /// What stands under a path begins with a slash, for the sake of cookies that are for what is below it.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 15)
    WebFilter slashAfterThePath() {
        return (exchange, chain) -> {
            var path = exchange.getRequest().getPath();
            boolean bare = path.pathWithinApplication().value().isEmpty() && !Paths.changes(exchange.getRequest());
            return bare ? redirect(exchange, path.contextPath().value() + "/") : chain.filter(exchange);
        };
    }

    private static Mono<Void> redirect(ServerWebExchange exchange, String path) {
        var query = exchange.getRequest().getURI().getRawQuery();
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.PERMANENT_REDIRECT);
        response.getHeaders().setLocation(URI.create(query == null ? path : path + "?" + query));
        return response.setComplete();
    }
}
