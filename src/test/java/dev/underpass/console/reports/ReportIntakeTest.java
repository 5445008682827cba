package dev.underpass.console.reports;

import static dev.underpass.console.reports.RecordedReports.changes;
import static dev.underpass.console.reports.RecordedReports.gzip;
import static dev.underpass.console.reports.RecordedReports.json;
import static dev.underpass.console.reports.RecordedReports.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.report.FilterReport;
import dev.underpass.report.HostReport;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/// The intake over HTTP, as agents and as attackers use it.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.agents.auth=loopback"})
class ReportIntakeTest {

    private static final List<NodeReport> HEALTHY = RecordedReports.of("healthy");
    private static final NodeReport NODE1 = HEALTHY.getFirst();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private WebTestClient client() {
        return Clients.of(port);
    }

    private WebTestClient.ResponseSpec put(String node, byte[] body) {
        return client().put()
                .uri("/api/v1/nodes/{node}/report", node)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec putPacked(String node, byte[] body) {
        return client().put()
                .uri("/api/v1/nodes/{node}/report", node)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .bodyValue(body)
                .exchange();
    }

    private static void refused(WebTestClient.ResponseSpec response, int status, String type) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/" + type)
                .jsonPath("$.detail")
                .exists();
    }

    @Test
    void aReportChangesTheAnalysis() {
        for (var report : HEALTHY) {
            putPacked(report.node(), gzip(json(numbered(report, "live", 1))))
                    .expectStatus()
                    .isNoContent()
                    .expectHeader()
                    .valueEquals("Underpass-Changes", "accepted");
        }

        await().untilAsserted(() -> client().get()
                .uri("/api/v1/findings?code=U22")
                .exchange()
                .expectBody()
                .jsonPath("$.total")
                .isEqualTo(0));
    }

    private static NodeReport of(String node, String bootId, long sequence) {
        return new NodeReport(node, sequence, bootId, "test", NODE1.collectedAt(), NODE1.host(), List.of(), List.of());
    }

    @Test
    void aReplayedReportIsNotNewer() {
        put("replayed", json(of("replayed", "a", 5))).expectStatus().isNoContent();

        refused(put("replayed", json(of("replayed", "a", 5))), 409, "old-sequence");
        refused(put("replayed", json(of("replayed", "a", 4))), 409, "old-sequence");
        put("replayed", json(of("replayed", "b", 1))).expectStatus().isNoContent();
        refused(put("replayed", json(of("replayed", "a", 6))), 409, "superseded-start");
    }

    @Test
    void changesNeedTheReportThatTheyAreTo() {
        var base = of("changing", "a", 1);
        var next = of("changing", "a", 2);
        refused(put("changing", changes(next, base)), 409, "unknown-base");

        put("changing", json(base)).expectStatus().isNoContent();
        put("changing", changes(next, base)).expectStatus().isNoContent();
        refused(put("changing", changes(of("changing", "a", 3), base)), 409, "unknown-base");
    }

    @Test
    void aReportOfAnotherNodeIsRefused() {
        refused(put("other", json(NODE1)), 400, "invalid-report");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"apiVersion":"underpass.dev/v9"}                            | apiVersion
            {"apiVersion":"underpass.dev/v1","kind":"NodeReport","x":NaN} | line 1
            []                                                           | ''
            {"apiVersion":"underpass.dev/v1","kind":"NodeReport"}        | node
            """)
    void anInvalidReportIsToldWhereAndWhy(String body, String place) {
        var response = put("node1", body.getBytes(StandardCharsets.UTF_8));

        response.expectStatus().isBadRequest();
        response.expectBody()
                .jsonPath("$.errors[0].field")
                .value(String.class, field -> assertThat(field).startsWith(place));
    }

    @Test
    void aGigabyteOfZerosIsNeverUnpacked() {
        refused(putPacked("node1", gzip(new byte[1 << 20], 1 << 10)), 413, "too-large");
    }

    @Test
    void tooMuchIsRefusedBeforeItIsRead() {
        refused(put("node1", new byte[Unpacking.MAX_UNPACKED + 1]), 413, "too-large");
        refused(putPacked("node1", new byte[Unpacking.MAX_PACKED + 1]), 413, "too-large");
    }

    @Test
    void aMillionRoutesAreTooMany() {
        var routes = "{\"apiVersion\":\"underpass.dev/v1\",\"kind\":\"NodeReport\",\"host\":{\"routes\":[%s{}]}}"
                .formatted("{},".repeat(1_000_000));

        refused(putPacked("node1", gzip(routes.getBytes(StandardCharsets.UTF_8))), 400, "invalid-report");
    }

    @Test
    void otherTypesAndEncodingsAreRefused() {
        refused(putPacked("node1", json(NODE1)), 400, "invalid-report");
        var put = client().put().uri("/api/v1/nodes/node1/report");
        refused(put.header("Content-Type", "text/yaml").bodyValue("a").exchange(), 415, "unsupported-media-type");
        refused(
                client().put()
                        .uri("/api/v1/nodes/node1/report")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "br")
                        .bodyValue("{}")
                        .exchange(),
                415,
                "unsupported-media-type");
    }

    /// What an agent says of `iptables` missing and of a namespace that it may not enter.
    private static NodeReport partlyRead() {
        var host = NODE1.host();
        var read = host.namespace();
        var filters = new FilterReport(
                null,
                null,
                null,
                null,
                read.filters().nftables(),
                read.filters().ipsets());
        var namespace = new NamespaceReport(
                read.network(), read.netnsIds(), filters, read.ipvs(), read.listeners(), read.resolvConf());
        var pods = NODE1.pods().stream()
                .map(pod -> pod.name().equals("u1")
                        ? new PodReport(
                                pod.namespace(),
                                pod.name(),
                                pod.uid(),
                                "",
                                "opening /proc/17/ns/net: Permission denied",
                                NamespaceReport.NOT_OBSERVED)
                        : pod)
                .toList();
        return new NodeReport(
                NODE1.node(),
                1,
                "partly",
                "test",
                NODE1.collectedAt(),
                new HostReport(
                        namespace,
                        host.kernelRelease(),
                        host.kubeProxy(),
                        host.cniConfig(),
                        host.conntrack(),
                        List.of("iptables-save: not installed")),
                pods,
                List.of());
    }

    @Test
    void whatAnAgentCouldNotReadIsToldWithTheReason() {
        put(NODE1.node(), json(partlyRead())).expectStatus().isNoContent();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> client().get()
                        .uri("/api/v1/nodes/{node}", NODE1.node())
                        .exchange()
                        .expectBody()
                        .jsonPath("$.errors[0]")
                        .isEqualTo("iptables-save: not installed"));
        assertThat(Clients.page(port, "/nodes/{node}", NODE1.node())).contains("iptables-save: not installed");
        assertThat(Clients.page(port, "/pods/lab/u1"))
                .contains("opening /proc/17/ns/net: Permission denied")
                .contains("U93");
        client().get()
                .uri("/api/v1/findings?code=U93")
                .exchange()
                .expectBody()
                .jsonPath("$.items[*].evidence[?(@ == 'lab/u1: opening /proc/17/ns/net: Permission denied')]")
                .isNotEmpty();
        client().get()
                .uri("/api/v1/trace?pod=lab/u1&service=lab/web&port=80")
                .exchange()
                .expectBody()
                .jsonPath("$.disposition")
                .isEqualTo("UNDETERMINED");
    }

    @Test
    void noDamagedReportBreaksTheConsole() {
        var mutations = new Mutations(7);
        for (int i = 0; i < 200; i++) {
            var original = HEALTHY.get(i % HEALTHY.size());
            var damaged = mutations.of(json(numbered(original, "fuzz" + i, 1)));
            var status = putPacked(original.node(), gzip(damaged))
                    .returnResult(Void.class)
                    .getStatus()
                    .value();
            assertThat(status).as("mutation %d", i).isIn(204, 400, 409);
        }
        client().get().uri("/api/v1/overview").exchange().expectStatus().isOk();
    }
}
