package dev.underpass.console.security;

import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// Asks the provider. No thread waits for it: it may take connections and say nothing.
final class ProviderAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;

    private ProviderAnswers() {}

    static WebClient web() {
        var http = HttpClient.create()
                .proxyWithSystemProperties()
                .responseTimeout(PATIENCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis());
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .filter((request, next) ->
                        next.exchange(request).onErrorMap(WebClientRequestException.class, ProviderAnswers::away))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_BYTES))
                .build();
    }

    /// What it publishes at an address, whole.
    static Mono<String> text(WebClient web, String address) {
        return web.get()
                .uri(URI.create(address))
                .retrieve()
                .bodyToMono(String.class)
                .switchIfEmpty(Mono.error(() -> new AuthenticationServiceException("its answer is empty")))
                .timeout(PATIENCE, Mono.error(() -> new AuthenticationServiceException("it does not come to an end")));
    }

    /// What everybody who needed its answer takes for "try again", not for a bad login or a fault of ours.
    private static AuthenticationServiceException away(Throwable e) {
        return new AuthenticationServiceException("the provider does not answer: " + e.getCause(), e);
    }
}
