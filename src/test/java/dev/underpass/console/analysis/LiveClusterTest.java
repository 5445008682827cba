package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.LiveCluster.Published;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.report.HostReport;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveClusterTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Published> published = new ArrayList<>();
    private final LiveCluster cluster;

    LiveClusterTest() throws BundleException {
        var bundle = BundleReader.bundle(Recordings.path("hijack-route-deleted"));
        cluster = new LiveCluster(bundle::resources, Map.of(), clock, time, published::add);
        time.advanceTimeBy(Duration.ofMillis(500));
    }

    private static NodeReport report(String node, PodReport... pods) {
        return new NodeReport(node, 1, "b", "1", START, HostReport.NOT_OBSERVED, List.of(pods), List.of());
    }

    private static PodReport pod(String namespace, String name, String uid) {
        return new PodReport(namespace, name, uid, "1", null, NamespaceReport.NOT_OBSERVED);
    }

    private List<PodReport> pods(String node) {
        return Objects.requireNonNull(published.getLast().snapshot().reports().get(new NodeName(node)))
                .pods();
    }

    private void accept(NodeReport report) {
        cluster.accept(report, clock.instant());
        time.advanceTimeBy(Duration.ZERO);
    }

    @Test
    void publishesTheFirstChangeAfterAPauseAtOnce() {
        accept(report("node7"));

        assertThat(published).hasSize(1);
        assertThat(published.getFirst().snapshot().reports()).containsKey(new NodeName("node7"));
    }

    @Test
    void gathersTheChangesOfTheNextHundredMilliseconds() {
        for (int i = 0; i < 50; i++) {
            accept(report("node" + i));
        }
        assertThat(published).hasSize(1);

        time.advanceTimeBy(LiveCluster.PAUSE);

        assertThat(published).hasSize(2);
        assertThat(published.getLast().snapshot().reports()).hasSize(50);
    }

    @Test
    void namesPodsThatTheAgentKnowsByUidAndCountsTheRest() {
        accept(report("node7", pod("", "", "u-1"), pod("", "", "u-2")));
        assertThat(published.getLast().unresolved()).isEqualTo(2);

        accept(report("node8", pod("lab", "new", "u-1")));
        time.advanceTimeBy(LiveCluster.PAUSE);

        assertThat(published.getLast().unresolved()).isEqualTo(1);
    }

    @Test
    void aPodOnTwoNodesCountsOnTheNewest() {
        accept(report("node7", pod("lab", "moving", "u-1")));
        var later = new NodeReport(
                "node8",
                1,
                "b",
                "1",
                START.plusSeconds(9),
                HostReport.NOT_OBSERVED,
                List.of(pod("lab", "moving", "u-1")),
                List.of());
        accept(later);
        time.advanceTimeBy(LiveCluster.PAUSE);

        assertThat(pods("node7")).isEmpty();
        assertThat(pods("node8")).hasSize(1);
    }

    @Test
    void dropsAReportThatNobodyRenewed() {
        accept(report("node7"));

        clock.advance(Freshness.EXPIRED.plusSeconds(1));
        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(published).hasSize(2);
        assertThat(published.getLast().snapshot().reports()).isEmpty();
        assertThat(published.getLast().receipts()).containsKey(new NodeName("node7"));
    }
}
