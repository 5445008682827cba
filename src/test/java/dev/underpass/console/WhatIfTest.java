package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;

/// Asks the console over REST what an edit would do.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class WhatIfTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("healthy"));
    }

    private WebTestClient.ResponseSpec post(String body, MediaType type) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                .build()
                .post()
                .uri("/api/v1/what-if")
                .contentType(type)
                .bodyValue(body)
                .exchange();
    }

    private static final String HIDDEN = """
            {"resources": [
              {"apiVersion": "k8s.cni.cncf.io/v1", "kind": "NetworkAttachmentDefinition",
               "metadata": {"namespace": "kube-system", "name": "macvlan-conf"},
               "spec": {"config": "{\\"cniVersion\\": \\"0.3.1\\", \\"name\\": \\"macvlan-conf\\", \\"plugins\\": [{\\"type\\": \\"macvlan\\", \\"master\\": \\"eth0\\", \\"mode\\": \\"bridge\\", \\"ipam\\": {\\"type\\": \\"spiderpool\\", \\"default_ipv4_ippool\\": [\\"v4-10-6\\"]}}, {\\"type\\": \\"coordinator\\", \\"hostRuleTable\\": 500}]}"}},
              {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderCoordinator",
               "metadata": {"name": "default"},
               "spec": {"mode": "auto", "podCIDRType": "calico", "hostRuleTable": 600, "podRPFilter": 0}}]}
            """;

    @Test
    void tellsWhichNetworkHidesAnEdit() {
        post(HIDDEN, MediaType.APPLICATION_JSON)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.hidden[0]")
                .isEqualTo("hostRuleTable: no effect for Pods of network kube-system/macvlan-conf, "
                        + "which sets it to 500 itself")
                .jsonPath("$.recreatedPods.changed[*].pod")
                .isEqualTo("lab/u2")
                .jsonPath("$.reachability.lost")
                .isEmpty()
                .jsonPath("$.runningPods.changed")
                .isEmpty();
    }

    /// Three of the five Pods with an underlay NIC have it first; three more have none.
    @Test
    void theReviewCountsThePodsThatItConcernsAndNamesThoseThatCannotStartByTheReason() {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("operation", "UPDATE");
        form.add("base", COORDINATOR);
        form.add("yaml", COORDINATOR.replace("mode: auto", "mode: overlay"));

        var page = FormClient.draft(port, "/coordinator/default/review", form).replaceAll("<[^>]*>", "");

        assertThat(page)
                .contains("for new Pods only: 3 Pods that run stay as they were made.")
                .contains("Made anew, 3 Pods cannot start: mode overlay on eth0", "lab/u1, lab/u2, lab/u20")
                .contains("24 pairs lost", "macvlan: ✓Reachable → no Pod that can start, or no such Service")
                .contains("3 Pods, 7 Services, 19 pairs", "overlay: ✓Reachable → ✗Unreachable")
                .contains("3 Pods, 2 Services, 3 pairs", "overlay+macvlan: ✓Reachable", "2 Pods, 2 Services, 2 pairs")
                .doesNotContain("Made anew, lab/u1", "gained by a restart alone");
        form.set("yaml", COORDINATOR.replace("hostRuleTable: 500", "hostRuleTable: 600"));
        assertThat(FormClient.draft(port, "/coordinator/default/review", form))
                .contains("5 Pods that run stay as they were made", "after a restart of 5 workloads");
        form.set("yaml", COORDINATOR.replace("txQueueLen: 0", "txQueueLen: 1"));
        assertThat(FormClient.draft(port, "/coordinator/default/review", form))
                .contains("no Pod that runs would be different if it were made anew");
    }

    private static final String COORDINATOR = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderCoordinator
            metadata: {name: default}
            spec:
              mode: auto
              podCIDRType: calico
              hostRuleTable: 500
              podRPFilter: 0
              tunePodRoutes: true
              txQueueLen: 0
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                          | resources
            {"resources": 7}                                            | resources
            {"resources": [7]}                                          | resources[0]
            {"resources": [{"kind": "SpiderIPPool", "metadata": {"name": "x"}, "spec": {"subnet": "y"}}]} | resources[0].spec.subnet
            {"delete": [{"kind": "SpiderSubnet", "name": "none"}]}      | delete[0].name
            [                                                           | ``
            """)
    void namesThePlaceOfWhatIsWrong(String body, String place) {
        post(body, MediaType.APPLICATION_JSON)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/invalid-input")
                .jsonPath("$.errors[0].field")
                .isEqualTo(place);
    }

    @Test
    void takesNoFormOfAnotherSite() {
        var status =
                post(HIDDEN, MediaType.TEXT_PLAIN).returnResult(String.class).getStatus();

        assertThat(status.value()).isEqualTo(415);
    }
}
