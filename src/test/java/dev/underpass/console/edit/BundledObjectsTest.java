package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A bundle's objects can be read, and not edited.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class BundledObjectsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private WebTestClient.ResponseSpec send(HttpMethod method, String path) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .method(method)
                .uri("/api/v1/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("If-Match", "\"1\"")
                .bodyValue("{}")
                .exchange();
    }

    private JsonNode json(String path) {
        var body = send(HttpMethod.GET, path)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JSON.readTree(Objects.requireNonNull(body).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatTheBundleHolds() {
        var pools = json("ippools");
        var first = pools.path("items").path(0);
        var name = first.path("metadata").path("name").asString("");

        assertThat(pools.path("total").asInt()).isPositive();
        assertThat(json("ippools/" + name)).isEqualTo(first);
        assertThat(first.path("spec").path("subnet").asString("")).contains("/");
        assertThat(json("ippools/" + name + "/addresses").path("items").isEmpty())
                .isFalse();
        assertThat(json("coordinators").path("total").asInt()).isEqualTo(1);
        send(HttpMethod.GET, "ippools/none").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE"})
    void refusesToEdit(String method) {
        send(HttpMethod.valueOf(method), "ippools/v4")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/read-only");
    }
}
