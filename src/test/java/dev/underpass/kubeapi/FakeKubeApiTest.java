package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The fake by itself, over HTTP.
class FakeKubeApiTest {

    private final FakeKubeApi api = new FakeKubeApi();

    @BeforeEach
    void start() {
        api.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void listsAndWatches() {
        var coordinator = api.create("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderCoordinator
                metadata: {name: default}
                spec: {mode: auto, podCIDRType: auto}
                status: {phase: Synced}
                """);
        var path = "/apis/spiderpool.spidernet.io/v2beta1/spidercoordinators";
        assertThat(coordinator.path("spec").path("hostRuleTable").asInt()).isEqualTo(500);
        try (var events = api.calls("underpass").watch(path + "?watch=1&timeoutSeconds=2")) {
            api.delete("spidercoordinators", "default");
            assertThat(events.map(event -> Json.text(event, "type")).toList()).containsExactly("ADDED", "DELETED");
        }
        api.restart();
        assertThat(api.list("namespaces")).hasSize(4);
        api.deny("list", "pods");
        assertThat(api.calls("underpass").get("/api/v1/pods").text("message"))
                .isEqualTo("pods is forbidden: User \"underpass\" cannot list resource \"pods\" in API group \"\" at "
                        + "the cluster scope");
    }
}
