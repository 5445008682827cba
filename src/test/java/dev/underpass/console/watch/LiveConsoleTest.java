package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.objects.Kinds;
import dev.underpass.kubeapi.FakeKubeApi;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/// The console on a live cluster, over HTTP.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.source=kubernetes", "underpass.cluster=prod"})
class LiveConsoleTest {

    private static final FakeKubeApi API = new FakeKubeApi();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        API.start();
        API.deny("list", Kinds.ENDPOINT_SLICE.plural());
        API.deny("create", Kinds.RESERVED_IP.plural());
        API.deny("delete", Kinds.SUBNET.plural());
        API.withdraw(Kinds.CILIUM_NODE.resource());
        var kubeconfig = API.kubeconfig();
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    private WebTestClient client() {
        return Clients.of(port);
    }

    private JsonNode json(String path) {
        return Objects.requireNonNull(client().get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private String page(String path) {
        return Objects.requireNonNull(client().get()
                .uri(path)
                .header("Accept", "text/html")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private JsonNode resource(String name) {
        return json("/api/v1/setup")
                .path("resources")
                .valueStream()
                .filter(each -> each.path("resource").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsAServiceThatWasJustCreatedAndForgetsADeletedOne() {
        API.load("""
                {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "web", "namespace": "shop"},
                 "spec": {"clusterIP": "10.233.0.9", "ports": [{"port": 80}]}}
                """);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(json("/api/v1/services").path("items").toString())
                                .contains("10.233.0.9"));
        assertThat(page("/services")).contains("shop/web");

        API.unload("services", "shop/web");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> json("/api/v1/services").path("total").asInt(-1) == 0);
    }

    @Test
    void whatTheConsoleMayNotDoIsDisabledWithTheVerbAndTheResource() {
        assertThat(page("/reservedips"))
                .contains(
                        "disabled>",
                        "The console may not create spiderreservedips.spiderpool.spidernet.io in this cluster (RBAC)")
                .doesNotContain("href=\"/reservedips/new\"");
        assertThat(page("/pools")).contains("href=\"/pools/new\"");
    }

    @Test
    void keepsAJournalOfTheNetworkConfigurationFromTheFirstWholeListOn() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> resource("spidercoordinators.spiderpool.spidernet.io")
                        .path("status")
                        .asString("")
                        .equals("watched"));
        API.load(coordinator("[]"));
        await().atMost(Duration.ofSeconds(20)).until(() -> journal("added").size() == 1);

        API.load(coordinator("[\"10.7.0.0/16\"]"));

        await().atMost(Duration.ofSeconds(20)).until(() -> journal("edited").size() == 1);
        var entry = journal("edited").getFirst();
        assertThat(entry.path("fields").toString())
                .isEqualTo("[{\"field\":\"spec.hijackCIDR\",\"before\":null,\"after\":\"[10.7.0.0/16]\"}]");
        assertThat(entry.path("predating").isEmpty()).isTrue();
        assertThat(json("/api/v1/journal?limit=1").path("total").asInt(0)).isGreaterThanOrEqualTo(2);
        client().get()
                .uri("/api/v1/journal?limit=0")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("limit");
    }

    private static String coordinator(String hijacked) {
        return """
                {"kind": "SpiderCoordinator", "apiVersion": "spiderpool.spidernet.io/v2beta1",
                 "metadata": {"name": "default"}, "spec": {"mode": "auto", "hijackCIDR": %s}}
                """.formatted(hijacked);
    }

    private java.util.List<JsonNode> journal(String change) {
        return json("/api/v1/journal")
                .path("items")
                .valueStream()
                .filter(each -> each.path("kind").asString("").equals("SpiderCoordinator"))
                .filter(each -> each.path("change").asString("").equals(change))
                .toList();
    }

    @Test
    void saysOnTheSetUpPageWhatIsMissingAndWhatThatCosts() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> resource("endpointslices.discovery.k8s.io")
                        .path("status")
                        .asString("")
                        .equals("forbidden"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> resource("ciliumnodes.cilium.io")
                        .path("status")
                        .asString("")
                        .equals("absent"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> resource("pods").path("status").asString("").equals("watched"));

        assertThat(resource("endpointslices.discovery.k8s.io").path("reason").asString(""))
                .contains("cannot list resource \"endpointslices\"");
        assertThat(resource("endpointslices.discovery.k8s.io").path("cost").asString(""))
                .contains("U56");
        assertThat(resource("endpointslices.discovery.k8s.io").path("objects").isNull())
                .isTrue();
        assertThat(resource("pods").path("cost").isNull()).isTrue();
        API.load("""
                {"kind": "SpiderIPPool", "apiVersion": "spiderpool.spidernet.io/v2beta1", "metadata": {"name": "bad"},
                 "spec": {"subnet": "10.6<b>", "ips": ["10.6.0.9"]}}
                """);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(page("/setup"))
                        .contains("bad is left out", "10.6&lt;b&gt;")
                        .doesNotContain("10.6<b>"));
        assertThat(page("/setup"))
                .contains("endpointslices.discovery.k8s.io", "not permitted", "not installed", "Without it:");
        assertThat(page("/")).contains("One kind of resource is not read now", "href=\"/setup\"");
        assertThat(json("/api/v1/overview").path("cluster").asString("")).isEqualTo("prod");
    }

    @Test
    void checksWhatWorksHereAndSaysWhatIsUnknown() {
        API.load("""
                {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "silent-1"},
                 "status": {"addresses": [{"type": "InternalIP", "address": "10.6.0.21"}]}}
                """);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> json("/api/v1/setup").toString().contains("silent-1"));

        var checks = json("/api/v1/setup").path("checks");

        assertThat(checks.path("agents").toString())
                .isEqualTo(
                        "{\"nodes\":1,\"reporting\":0,\"recorded\":0,\"oldestSeconds\":null,"
                                + "\"silent\":[{\"node\":\"silent-1\",\"state\":\"missing\",\"ageSeconds\":0}],\"silentAll\":1}");
        assertThat(checks.path("results").toString())
                .contains("\"agents\":\"lacking\"", "\"clocks\":\"unknown\"", "\"permissions\":\"lacking\"");
        assertThat(checks.path("permissions").toString())
                .contains(
                        "{\"verb\":\"delete\",\"resource\":\"spidersubnets.spiderpool.spidernet.io\",\"allowed\":false}",
                        "{\"verb\":\"patch\",\"resource\":\"spidersubnets.spiderpool.spidernet.io\",\"allowed\":true}");
        assertThat(checks.path("definitions").toString())
                .contains("{\"resource\":\"ciliumnodes.cilium.io\",\"version\":\"v2\",\"served\":false,");
        assertThat(page("/setup"))
                .contains(
                        "0 of 1 nodes have a report that counts.",
                        "silent-1",
                        "delete spidersubnets.spiderpool.spidernet.io",
                        "ciliumnodes.cilium.io v2",
                        "not served in this version")
                .doesNotContain("??");
    }
}
