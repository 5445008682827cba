package dev.underpass.console.metrics;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Service;
import dev.underpass.console.Clients;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.store.RedisServer;
import dev.underpass.console.store.Replica;
import dev.underpass.net.Protocol;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.report.ProbeResult;
import dev.underpass.report.ProbeResult.Outcome;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/// A console on the demo's cluster, with a Redis, an audit log that takes nothing, and with agents that report: one
/// that measures everything that a console can measure.
final class MeasuredConsole implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final int RTT_MICROS = 2_000;

    private static final Path DEMO = Path.of("src/main/resources/demo/demo.tar.gz");

    private final RedisServer redis = RedisServer.forgetful();
    private final Replica console = Replica.started(
            redis,
            "--underpass.source=bundle:" + DEMO,
            "--underpass.agents.auth=loopback",
            "--underpass.metrics.pause=1s",
            "--underpass.audit=/dev/full");
    private final ClusterSnapshot demo;
    private final Probed probed;
    private int sequence;

    /// A Pod and a Service that it reaches, as predicted.
    private record Probed(PodReport pod, Service service) {

        String from() {
            return pod.namespace() + "/" + pod.name();
        }

        ProbeResult result(Outcome outcome, int id) {
            var port = service.ports().getFirst();
            return new ProbeResult(
                    pod.namespace(),
                    pod.name(),
                    service.clusterIps().getFirst(),
                    port.port(),
                    port.protocol(),
                    service.name().toString(),
                    outcome,
                    RTT_MICROS,
                    1,
                    "",
                    Instant.now(),
                    "probe-" + id);
        }
    }

    MeasuredConsole() throws BundleException {
        demo = BundleReader.read(DEMO);
        probed = demo.reports().values().stream()
                .flatMap(report -> report.pods().stream())
                .filter(pod -> !pod.name().isEmpty())
                .flatMap(pod -> services().map(service -> new Probed(pod, service)))
                .filter(this::isPredictedToConnect)
                .findFirst()
                .orElseThrow();
    }

    private Stream<Service> services() {
        return demo.services().stream()
                .filter(service -> !service.clusterIps().isEmpty()
                        && !service.ports().isEmpty()
                        && service.ports().getFirst().protocol() == Protocol.TCP);
    }

    private boolean isPredictedToConnect(Probed pair) {
        var trace = Clients.of(console.port())
                .get()
                .uri(
                        "/api/v1/trace?pod={pod}&service={service}&port={port}",
                        pair.from(),
                        pair.service().name().toString(),
                        pair.service().ports().getFirst().port())
                .exchange()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        return JSON.readTree(trace).path("disposition").asString("").equals("DELIVERED");
    }

    /// Every node reports once more; the Pod's has probed again.
    void report(Outcome outcome) {
        sequence++;
        demo.reports().values().forEach(report -> {
            var probes = report.pods().contains(probed.pod())
                    ? List.of(probed.result(outcome, sequence))
                    : List.<ProbeResult>of();
            send(new NodeReport(
                    report.node(),
                    sequence,
                    "measured",
                    report.agentVersion(),
                    Instant.now(),
                    report.host(),
                    report.pods(),
                    probes));
        });
    }

    private void send(NodeReport report) {
        var body = new ByteArrayOutputStream();
        ReportWriter.write(report, body);
        Clients.of(console.port())
                .put()
                .uri("/api/v1/nodes/{node}/report", report.node())
                .header("Content-Type", "application/json")
                .bodyValue(body.toByteArray())
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    int nodes() {
        return demo.reports().size();
    }

    /// The name of the Service that is probed.
    String service() {
        return probed.service().name().toString();
    }

    int managementPort() {
        return bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
    }

    int port() {
        return console.port();
    }

    <T> T bean(Class<T> type) {
        return console.bean(type);
    }

    /// What Prometheus gets.
    String scraped() {
        return Objects.requireNonNull(Clients.page(managementPort(), "/actuator/prometheus"));
    }

    void loseRedis() {
        redis.stop();
    }

    @Override
    public void close() {
        console.close();
        redis.close();
    }
}
