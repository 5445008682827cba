package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.PageStates.Row;
import dev.underpass.console.PageStates.State;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/// Pages of a console that has read nothing yet, because the Kubernetes API takes its requests and is slow to answer.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.source=kubernetes"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartingPagesTest {

    private static final DisposableServer SLOW = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.method().equals(HttpMethod.POST) ? denied(response) : Mono.never())
            .bindNow();

    @LocalServerPort
    private int port;

    /// The answer to whether the console may write.
    private static Mono<Void> denied(HttpServerResponse response) {
        return response.status(201)
                .header("Content-Type", "application/json")
                .sendString(Mono.just("{\"status\": {\"allowed\": false}}"))
                .then();
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException {
        var kubeconfig = Files.writeString(Files.createTempFile("slow", ".yaml"), """
                {apiVersion: v1, kind: Config, current-context: slow,
                 clusters: [{name: slow, cluster: {server: "http://127.0.0.1:%d"}}],
                 users: [{name: slow, user: {token: t}}],
                 contexts: [{name: slow, context: {cluster: slow, user: slow}}]}
                """.formatted(SLOW.port()));
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
    }

    @AfterAll
    static void stop() {
        SLOW.disposeNow();
    }

    static Stream<Row> pages() {
        return PageStates.rows().stream().filter(row -> row.can(State.LOADING));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysThatItIsBeingReadAndNotThatThereIsNothing(Row row) {
        var page = Objects.requireNonNull(Clients.of(port)
                .get()
                .uri(row.address())
                .header("Accept", "text/html")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());

        assertThat(page)
                .contains("id=\"gap-starting\"", "Being read for the first time, since ")
                .doesNotContain("<h2>" + row.cell(State.NONE) + "</h2>");
    }
}
