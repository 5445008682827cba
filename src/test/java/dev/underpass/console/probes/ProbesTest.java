package dev.underpass.console.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.FormClient;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ProbeResult;
import dev.underpass.report.ProbeResult.Outcome;
import dev.underpass.report.ReportWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Probes from the request to the result, with the test as the agent.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.agents.auth=loopback"})
class ProbesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ClusterSnapshot RECORDED = Recordings.read("hijack-route-deleted");

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Commands commands;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private WebTestClient.ResponseSpec ask(String body) {
        return Clients.of(port)
                .post()
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
    void commandsThatAreSentAtTheSameTimeAllReachTheAgent() {
        var node = new NodeName("node2");
        List<Object> reached = new CopyOnWriteArrayList<>();
        var stream = commands.stream(node)
                .filter(event -> "probe".equals(event.event()))
                .subscribe(event -> reached.add(Objects.requireNonNull(event.data())));
        try {
            var sent = Flux.range(0, 5_000)
                    .flatMap(i -> commands.sent(node, "probe", i).subscribeOn(Schedulers.parallel()), 8)
                    .collectList()
                    .block(Duration.ofSeconds(60));

            assertThat(sent).hasSize(5_000).containsOnly(true);
            assertThat(reached).hasSize(5_000).doesNotHaveDuplicates();
        } finally {
            stream.dispose();
        }
    }

    @Test
    void theAgentLearnsItsPodsAndItsResultsAreTold() {
        var node = "node1";
        List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
        var agent = agent(node, events);
        try {
            await().until(() -> has(events, "pods"));

            var probe = json(ask("{\"pod\":\"lab/u1\",\"service\":\"lab/web-n1\",\"port\":80}"));
            assertThat(probe.path("state").asString()).isEqualTo("pending");
            await().until(() -> has(events, "probe"));
            report(node, "agrees", probe, Outcome.CONNECTED, 700);

            var id = probe.path("id").asString();
            Clients.of(port)
                    .get()
                    .uri("/api/v1/probes/" + id)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.state")
                    .isEqualTo("done");
            await().until(() -> meters.find("underpass.probe.rtt")
                            .tag("service", "lab/web-n1")
                            .timer()
                    != null);
        } finally {
            agent.dispose();
        }

        var measured = meters.get("underpass.probe.rtt")
                .tag("service", "lab/web-n1")
                .timer()
                .takeSnapshot();
        assertThat(measured.histogramCounts())
                .filteredOn(bucket -> bucket.bucket(TimeUnit.MICROSECONDS) == 500)
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.count()).isZero());
        assertThat(measured.histogramCounts())
                .filteredOn(bucket -> bucket.bucket(TimeUnit.MICROSECONDS) == 1000)
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.count()).isPositive());
    }

    @Test
    void theTracePageProbesAndShowsWhatCameOfIt() {
        List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
        assertThat(Clients.page(port, "/trace?from=lab/u1&to=lab/web-n1:80"))
                .contains("No agent of node1 takes commands now.");
        var agent = agent("node1", events);
        try {
            await().until(() -> has(events, "pods"));

            var location = Objects.requireNonNull(FormClient.of(port)
                    .post()
                    .uri("/trace/probe")
                    .body(BodyInserters.fromFormData("from", "lab/u1").with("to", "lab/web-n1:80"))
                    .exchange()
                    .expectStatus()
                    .isSeeOther()
                    .returnResult(String.class)
                    .getResponseHeaders()
                    .getLocation());
            assertThat(location.getFragment()).isEqualTo("probe");
            var shown = location.getPath() + "?" + location.getQuery();
            assertThat(Clients.page(port, shown))
                    .contains("Waiting for the agent", "Look again")
                    .doesNotContain("takes commands now", "??");

            var id = shown.replaceAll(".*probe=", "");
            report(
                    "node1",
                    "answers-page",
                    json(Clients.of(port).get().uri("/api/v1/probes/" + id).exchange()),
                    Outcome.TIMEOUT,
                    0);
            assertThat(Clients.page(port, shown))
                    .contains(">Answered<", ">timeout<")
                    .doesNotContain("Waiting for the agent", "??");
            assertThat(Clients.page(port, "/trace?from=lab/u2&to=lab/web-n1:80&probe=" + id))
                    .contains("That probe is forgotten, or was of another Pod.");
        } finally {
            agent.dispose();
        }
    }

    @Test
    void aProbeOfNothingIsToldBesideTheForm() {
        FormClient.of(port)
                .post()
                .uri("/trace/probe")
                .body(BodyInserters.fromFormData("from", "lab/<u1>").with("to", "lab/web-n1:80"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(text ->
                        assertThat(text).contains("There is no Pod lab/&lt;u1&gt;.", "value=\"lab/&lt;u1&gt;\""));
    }

    private Disposable agent(String node, List<ServerSentEvent<String>> events) {
        return Clients.of(port)
                .get()
                .uri("/api/v1/nodes/{node}/commands", node)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .subscribe(events::add);
    }

    /// The recorded node has lost the Pod's route to Services: what is predicted not to connect must not.
    @Test
    void aProbeThatContradictsThePredictionIsListedUntilANewerOneAgrees() {
        var probe = json(ask("{\"pod\":\"lab/u1\",\"service\":\"lab/web-n1\",\"port\":80}"));
        var address = probe.path("targets").path(0).path("address").asString();

        report("node1", "disagrees", probe, Outcome.CONNECTED, 700);

        await().untilAsserted(() -> assertThat(disagreements())
                .extracting(item -> item.path("from").asString() + " "
                        + item.path("to").path("address").asString() + " "
                        + item.path("probed").path("outcome").asString())
                .contains("lab/u1 " + address + " connected"));
        assertThat(disagreements())
                .extracting(item -> item.path("predicted").path("disposition").asString())
                .doesNotContain("DELIVERED", "UNDETERMINED");

        report("node1", "gives-in", probe, Outcome.TIMEOUT, 0);

        await().untilAsserted(() -> assertThat(disagreements())
                .extracting(item -> item.path("to").path("address").asString())
                .doesNotContain(address));
    }

    private List<JsonNode> disagreements() {
        return json(Clients.of(port).get().uri("/api/v1/disagreements").exchange())
                .path("items")
                .valueStream()
                .toList();
    }

    @Test
    void theAgentIsToldToReadNow() {
        List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
        var agent = agent("node1", events);
        try {
            await().until(() -> has(events, "pods"));

            Clients.of(port)
                    .post()
                    .uri("/api/v1/nodes/node1/read")
                    .exchange()
                    .expectStatus()
                    .isAccepted();

            await().until(() -> has(events, "read"));
        } finally {
            agent.dispose();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            node9 | 404 | not-found | There is no node node9.
            node2 | 503 | no-agent  | the agent of node node2 takes no commands now
            """)
    void whoeverIsNotThereReadsNothing(String node, int status, String type, String detail) {
        Clients.of(port)
                .post()
                .uri("/api/v1/nodes/{node}/read", node)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/" + type)
                .jsonPath("$.detail")
                .isEqualTo(detail);
    }

    private static boolean has(List<ServerSentEvent<String>> events, String name) {
        return events.stream().anyMatch(event -> name.equals(event.event()));
    }

    /// Answers all targets in the node's recorded report, as its agent would.
    private void report(String node, String start, JsonNode probe, Outcome outcome, int rttMicros) {
        var recorded = Objects.requireNonNull(RECORDED.reports().get(new NodeName(node)));
        var results = probe.path("targets")
                .valueStream()
                .map(target -> new ProbeResult(
                        "lab",
                        "u1",
                        IpAddress.parse(target.path("address").asString()),
                        target.path("port").asInt(),
                        Protocol.TCP,
                        null,
                        outcome,
                        rttMicros,
                        1,
                        "",
                        recorded.collectedAt(),
                        probe.path("id").asString()))
                .toList();
        var body = new ByteArrayOutputStream();
        ReportWriter.write(
                new NodeReport(
                        node,
                        1,
                        start,
                        recorded.agentVersion(),
                        recorded.collectedAt(),
                        recorded.host(),
                        recorded.pods(),
                        results),
                body);
        Clients.of(port)
                .put()
                .uri("/api/v1/nodes/{node}/report", node)
                .header("Content-Type", "application/json")
                .bodyValue(body.toByteArray())
                .exchange()
                .expectStatus()
                .isNoContent();
    }
}
