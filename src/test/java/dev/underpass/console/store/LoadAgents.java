package dev.underpass.console.store;

import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Agents that report every few seconds: changes where the console knows the report before, else all.
final class LoadAgents {

    private static final int EVERY_MILLIS = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String console;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean ending;

    LoadAgents(int count, String console) {
        this.console = console;
        for (var node : nodes(count)) {
            Thread.ofVirtual().start(() -> report(node));
        }
    }

    static List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj("load-%03d"::formatted).toList();
    }

    /// A report of a node without Pods, of which little was read: what is measured is not the analysis.
    private static NodeReport report(String node, long sequence) {
        var json = """
                {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "%s", "sequence": %d,
                 "bootId": "start of %s", "agentVersion": "load", "collectedAt": "%s",
                 "host": {"sysctls": {"net.ipv4.ip_forward": "1"}}, "pods": [], "probes": []}
                """.formatted(node, sequence, node, Instant.now());
        try {
            return ReportReader.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (ReportFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report(String node) {
        NodeReport base = null;
        long sequence = 0;
        try {
            Thread.sleep(Math.floorMod(node.hashCode(), EVERY_MILLIS));
            while (!ending) {
                var next = report(node, ++sequence);
                int status = base == null ? 0 : put(next, base);
                if (status == 204) {
                    changes.incrementAndGet();
                } else {
                    status = put(next, null);
                    (status == 204 ? whole : failed).incrementAndGet();
                }
                base = status == 204 ? next : null;
                Thread.sleep(status == 204 ? EVERY_MILLIS : 500);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int put(NodeReport report, @Nullable NodeReport base) throws InterruptedException {
        var json = new ByteArrayOutputStream();
        if (base == null) {
            ReportWriter.write(report, json);
        } else {
            ReportWriter.changes(report, base, json);
        }
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(console + "/api/v1/nodes/" + report.node() + "/report"))
                                    .header("Content-Type", "application/json")
                                    .PUT(HttpRequest.BodyPublishers.ofByteArray(json.toByteArray()))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return -1;
        }
    }

    void end() {
        ending = true;
    }

    @Override
    public String toString() {
        return "reports: %d changes, %d whole, %d not taken (and sent again)"
                .formatted(changes.get(), whole.get(), failed.get());
    }
}
