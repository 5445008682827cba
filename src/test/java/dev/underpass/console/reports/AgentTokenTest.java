package dev.underpass.console.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.ConsoleApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/// Who may report: the agent of that node alone.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class AgentTokenTest {

    private static final String AGENT = "system:serviceaccount:underpass:underpass-agent";
    private static final FakeTokenApi API = new FakeTokenApi();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
        registry.add("underpass.kubernetes.kubeconfig", AgentTokenTest::kubeconfig);
    }

    private static String kubeconfig() {
        try {
            return API.kubeconfig().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    /// An empty body: whoever is admitted gets 400 for it.
    private WebTestClient.ResponseSpec put(String authorization) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .put()
                .uri("/api/v1/nodes/node1/report")
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .bodyValue("{}")
                .exchange();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(textBlock = """
            underpass, system:serviceaccount:underpass:underpass-agent, node1, 400, apiVersion
            other,     system:serviceaccount:underpass:underpass-agent, node1, 401, does not know
            nonsense,  '',                                              '',    401, does not know
            underpass, system:serviceaccount:underpass:underpass-agent, node2, 403, agent of node node2
            underpass, system:serviceaccount:underpass:underpass-agent, -,     403, names no node
            underpass, system:serviceaccount:default:default,           node1, 403, not the agents' account
            """)
    void onlyTheNodesOwnAgentIsAdmitted(String audience, String account, String node, int status, String reason) {
        put("Bearer %s/%s/%s".formatted(audience, account, node))
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(reason));
    }

    @Test
    void withoutATokenNobodyIsAdmitted() {
        put("Basic eDp5").expectStatus().isUnauthorized().expectHeader().valueEquals("WWW-Authenticate", "Bearer");
    }

    @Test
    void aKnownTokenIsNotAskedForAgainAndANewOneNeedsTheApi() {
        var known = "Bearer underpass/%s/node1".formatted(AGENT);
        put(known).expectStatus().isBadRequest();
        int asked = API.reviews();
        API.down(true);
        try {
            put(known).expectStatus().isBadRequest();
            assertThat(API.reviews()).isEqualTo(asked);
            put("Bearer underpass/%s/node3".formatted(AGENT)).expectStatus().isEqualTo(503);
        } finally {
            API.down(false);
        }
    }
}
