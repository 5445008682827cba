package dev.underpass.console.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Probes from the request to the result, with the test as the agent.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.agents.auth=loopback"})
class ProbesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    private WebTestClient.ResponseSpec ask(String body) {
        return client().post()
                .uri("/api/v1/probes")
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode json(WebTestClient.ResponseSpec response) {
        return JSON.readTree(Objects.requireNonNull(
                response.expectBody(String.class).returnResult().getResponseBody()));
    }

    @Test
    void withoutAnAgentThatTakesCommandsItFailsAndSaysWhy() {
        var probe = json(ask("{\"pod\":\"lab/u1\",\"service\":\"lab/web\",\"port\":80}")
                .expectStatus()
                .isAccepted());

        assertThat(probe.path("state").asString()).isEqualTo("failed");
        assertThat(probe.path("reason").asString()).contains("takes no commands");
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                         | 400 | pod
            {"pod":"lab"}                                              | 400 | pod
            {"pod":"lab/u1"}                                           | 400 | service
            {"pod":"lab/u1","address":"x","port":1}                    | 400 | address
            {"pod":"lab/u1","address":"10.0.0.1","port":0}             | 400 | port
            {"pod":"lab/u1","address":"10.0.0.1","port":1,"protocol":"X"} | 400 | protocol
            {"pod":"lab/nobody","service":"lab/web"}                   | 404 | There is no Pod
            {                                                          | 400 | form
            """)
    void whatCannotBeProbedIsAProblem(String body, int status, String text) {
        ask(body)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(text));
    }

    @Test
    void theAgentLearnsItsPodsAndItsResultsAreTold() {
        var node = "node1";
        List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
        var agent = client().get()
                .uri("/api/v1/nodes/{node}/commands", node)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .subscribe(events::add);
        try {
            await().until(() -> has(events, "pods"));

            var probe = json(ask("{\"pod\":\"lab/u1\",\"service\":\"lab/web-n1\",\"port\":80}"));
            assertThat(probe.path("state").asString()).isEqualTo("pending");
            await().until(() -> has(events, "probe"));
            report(node, probe);

            var id = probe.path("id").asString();
            client().get()
                    .uri("/api/v1/probes/" + id)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.state")
                    .isEqualTo("done");
            await().untilAsserted(() -> client().get()
                    .uri("/api/v1/disagreements")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.total")
                    .isEqualTo(0));
        } finally {
            agent.dispose();
        }
    }

    private static boolean has(List<ServerSentEvent<String>> events, String name) {
        return events.stream().anyMatch(event -> name.equals(event.event()));
    }

    /// Answers all targets, as the node's agent would.
    private void report(String node, JsonNode probe) {
        var results = probe.path("targets")
                .valueStream()
                .map(target -> """
                        {"id":"%s","from":{"namespace":"lab","name":"u1"},"to":{"address":"%s","port":%d},
                         "outcome":"connected","at":"2026-11-23T08:00:00Z"}""".formatted(
                                probe.path("id").asString(),
                                target.path("address").asString(),
                                target.path("port").asInt()))
                .toList();
        client().put()
                .uri("/api/v1/nodes/{node}/report", node)
                .header("Content-Type", "application/json")
                .bodyValue("""
                        {"apiVersion":"underpass.dev/v1","kind":"NodeReport","node":"%s","sequence":1,"bootId":"p",
                         "collectedAt":"2026-11-23T08:00:00Z","host":{},"pods":[],"probes":[%s]}""".formatted(node, String.join(",", results)))
                .exchange()
                .expectStatus()
                .isNoContent();
    }
}
