package dev.underpass.console.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Node;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.report.NodeReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which nodes count as silent.
class ReportMetricsTest {

    private static final ClusterSnapshot RECORDED = Recordings.read("hijack-route-deleted");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private CurrentAnalysis analysis;
    private ReportMetrics metrics;

    @BeforeEach
    void reported() throws BundleException {
        analysis = new CurrentAnalysis("bundle:" + Recordings.path("hijack-route-deleted"), "test", Clock.systemUTC());
        metrics = new ReportMetrics(registry, analysis, Clock.systemUTC());
        RECORDED.reports().values().forEach(metrics::takenElsewhere);
    }

    @AfterEach
    void end() {
        metrics.destroy();
        analysis.destroy();
    }

    private List<String> aged() {
        return registry.find("underpass.report.age").gauges().stream()
                .map(gauge -> String.valueOf(gauge.getId().getTag("node")))
                .sorted()
                .toList();
    }

    private static ClusterSnapshot withNodes(Predicate<String> there) {
        return new ClusterSnapshot(
                RECORDED.name(),
                RECORDED.capturedAt(),
                RECORDED.comment(),
                RECORDED.nodes().stream()
                        .filter(node -> there.test(node.name().toString()))
                        .toList(),
                RECORDED.pods(),
                RECORDED.services(),
                RECORDED.endpointSlices(),
                RECORDED.spiderpool(),
                RECORDED.cni(),
                RECORDED.policies(),
                RECORDED.reports(),
                RECORDED.fabric(),
                Set.of(),
                Map.of());
    }

    @Test
    void aNodeThatHasLeftTheClusterIsNotSilentAndOneThatComesBackCountsAnew() {
        assertThat(RECORDED.nodes()).extracting(Node::name).hasSize(2);
        assertThat(aged()).containsExactly("node1", "node2");

        metrics.forgotten(withNodes("node1"::equals));
        assertThat(aged()).containsExactly("node1");

        RECORDED.reports().values().forEach(metrics::takenElsewhere);
        assertThat(aged()).containsExactly("node1", "node2");
    }

    @Test
    void noNodeHasLeftWhileNodesCannotBeRead() {
        metrics.forgotten(withNodes(_ -> false).withUnobserved(Set.of("nodes")));

        assertThat(aged()).containsExactly("node1", "node2");
    }

    /// It hears of what is published by itself.
    @Test
    void whoReportsWithoutBeingANodeIsForgottenWithTheNextSnapshot() {
        var report = RECORDED.reports().values().iterator().next();
        metrics.takenElsewhere(new NodeReport(
                "gone", 1, "start", report.agentVersion(), report.collectedAt(), report.host(), List.of(), List.of()));
        assertThat(aged()).contains("gone");

        analysis.accept(report, Clock.systemUTC().instant());

        await().untilAsserted(() -> assertThat(aged()).containsExactly("node1", "node2"));
    }
}
