package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// A console whose first analysis takes long.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class StartingTest {

    private static final Sinks.One<Boolean> BEGUN = Sinks.one();

    /// Only to be put in place of the console's own.
    @SuppressWarnings("UnusedVariable")
    @TestBean(methodName = "slow")
    private @Nullable CurrentAnalysis analysis;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", StartingTest::source);
    }

    private static String source() {
        return "bundle:" + Recordings.path("healthy");
    }

    static CurrentAnalysis slow() throws BundleException {
        return new CurrentAnalysis(source(), "", Duration.ZERO, Clock.systemUTC()) {
            @Override
            public Mono<ClusterView> current() {
                return BEGUN.asMono().then(super.current());
            }
        };
    }

    @Test
    void pagesSayThatItStartsAndComeAgainWhileProgramsWait() {
        var program = WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/api/v1/overview")
                .retrieve()
                .toBodilessEntity()
                .toFuture();

        for (var path : List.of("/", "/pods?q=ns:lab", "/settings", "/nothing")) {
            Clients.of(port)
                    .get()
                    .uri(path)
                    .accept(MediaType.TEXT_HTML, MediaType.ALL)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
                    .expectHeader()
                    .valueEquals("Retry-After", "3")
                    .expectBody(String.class)
                    .value(page -> assertThat(page)
                            .as(path)
                            .contains(
                                    "<meta http-equiv=\"refresh\" content=\"3\">",
                                    "<title>One moment · Underpass</title>",
                                    "of the connections of 8 Pods on 2 nodes to 9 Services"));
        }
        assertThat(program).isNotDone();
        Clients.of(port)
                .get()
                .uri("/v3/api-docs")
                .header("Accept", "no/such/type")
                .header("Accept", "*/*")
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).as("not kept").isNotEqualTo(503));
        Clients.of(port).get().uri("/v3/api-docs").exchange().expectStatus().isOk();

        BEGUN.tryEmitValue(true).orThrow();

        assertThat(program.join().getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(Clients.page(port, "/pods")).contains("lab/u1");
    }
}
