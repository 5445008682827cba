package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.Kinds;
import dev.underpass.kubeapi.FakeKubeApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.node.ObjectNode;

/// From "I added a Service range" to what must be restarted, while the console looks on.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.source=kubernetes", "underpass.agents.auth=loopback"})
class GrownRangePagesTest {

    private static final FakeKubeApi API = new FakeKubeApi();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        API.start();
        recorded().resources().values().forEach(kind -> kind.forEach(object -> API.load(List.of((ObjectNode) object))));
        var kubeconfig = API.kubeconfig();
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
    }

    private static BundleContents recorded() {
        try {
            return BundleReader.contents(Recordings.path("healthy"));
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void leadsFromTheFirstPageToTheWorkloadsAndBlamesNobody() {
        recorded().reports().values().forEach(report -> analysis.accept(report, Instant.now()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Clients.page(port, "/pods/lab/u1/routes"))
                        .contains("10.233.0.0/18")
                        .doesNotContain("MISSING"));

        var coordinator = Objects.requireNonNull(API.find(Kinds.COORDINATOR.plural(), "default"))
                .deepCopy();
        coordinator.withArray("/status/serviceCIDR").add("10.96.0.0/16");
        API.load(List.of(coordinator));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Clients.page(port, "/"))
                        .contains("Pods run old routes", "href=\"/findings/U05/workloads\"")
                        .doesNotContain("U22"));
        assertThat(Clients.page(port, "/findings/U05/workloads")).contains("lab/u1");
        assertThat(Clients.page(port, "/pods/lab/u1/routes"))
                .contains("id=\"drifted\"", "Seen since", "10.96.0.0/16")
                .doesNotContain("U22");
        assertThat(Clients.page(port, "/api/v1/journal")).contains("the Pod was made before that");
    }
}
