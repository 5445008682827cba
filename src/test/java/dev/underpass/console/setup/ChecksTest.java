package dev.underpass.console.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.setup.Clocks.Apart;
import dev.underpass.console.setup.Permissions.Allowed;
import dev.underpass.console.setup.Permissions.Permission;
import dev.underpass.report.HostReport;
import dev.underpass.report.HostReport.KubeProxy;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Allowed NOBODY = new Allowed("", List.of());

    private final TestClock clock = new TestClock(NOW);
    private CurrentAnalysis analysis;
    private long sequence;

    @BeforeEach
    void start() throws BundleException {
        analysis = new CurrentAnalysis("bundle:" + Recordings.path("hijack-route-deleted"), "test", clock);
    }

    @AfterEach
    void stop() {
        analysis.destroy();
    }

    private ClusterView cluster() {
        return Objects.requireNonNull(analysis.current().block());
    }

    private Checks checks() {
        return Checks.of(cluster(), List.of(), NOBODY);
    }

    /// A report that comes now, of a node whose clock is ahead by so many seconds.
    private void report(String node, long ahead, String mode) {
        sequence++;
        var host = new HostReport(
                NamespaceReport.NOT_OBSERVED, null, new KubeProxy(mode, null, null, null), null, null, List.of());
        analysis.accept(
                new NodeReport(
                        node, sequence, "b", "1", clock.instant().plusSeconds(ahead), host, List.of(), List.of()),
                clock.instant());
        long sent = sequence;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster().freshness(new NodeName(node)).sequence() == sent);
    }

    @Test
    void aBundleTellsNothingOfClocksDefinitionsAndRights() {
        var checks = checks();

        assertThat(checks.results())
                .isEqualTo(Map.of(
                        "agents", Result.GOOD,
                        "clocks", Result.UNKNOWN,
                        "kubeProxy", Result.GOOD,
                        "ranges", Result.GOOD,
                        "definitions", Result.UNKNOWN,
                        "permissions", Result.UNKNOWN));
        assertThat(checks.agents()).isEqualTo(new Agents(2, 2, 2, null, List.of(), 0));
        assertThat(checks.definitions()).extracting(Definition::served).containsOnlyNulls();
    }

    @Test
    void aNodeThatFallsSilentIsNamedAndItsModeAndClockAreUnknown() {
        report("node1", 0, "ipvs");
        report("node2", 60, "iptables");
        clock.advance(Duration.ofMinutes(11));
        report("node1", 0, "ipvs");

        var checks = checks();

        assertThat(checks.agents().silent()).containsExactly(new Agents.Silent("node2", "expired", 660));
        assertThat(checks.agents().reporting()).isEqualTo(1);
        assertThat(checks.agents().result()).isEqualTo(Result.LACKING);
        assertThat(checks.kubeProxy())
                .containsExactly(
                        new ProxyMode("ipvs", List.of("node1"), 1), new ProxyMode("unknown", List.of("node2"), 1));
        assertThat(checks.results()).containsEntry("kubeProxy", Result.UNKNOWN);
        assertThat(checks.clocks()).isEqualTo(new Clocks(1, 2, List.of(), 0));
        assertThat(checks.clocks().result()).isEqualTo(Result.UNKNOWN);
    }

    @Test
    void clocksAreComparedWhenReportsComeAndNotAsTheyAge() {
        report("node1", -42, "iptables");
        report("node2", 3_600, "iptables");
        clock.advance(Duration.ofMinutes(1));

        assertThat(checks().clocks())
                .isEqualTo(new Clocks(2, 2, List.of(new Apart("node2", 3_600), new Apart("node1", -42)), 2));
        assertThat(checks().agents().oldestSeconds()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,   GOOD
            5,   GOOD
            -5,  GOOD
            6,   LACKING
            -6,  LACKING
            """)
    void fewSecondsSayNothing(long ahead, Result result) {
        report("node1", ahead, "iptables");
        report("node2", 0, "iptables");

        assertThat(checks().clocks().result()).isEqualTo(result);
    }

    @Test
    void aModeThatNobodyKnowsIsUnknown() {
        report("node1", 0, "<script>");

        assertThat(checks().kubeProxy()).extracting(ProxyMode::mode).containsExactly("iptables", "unknown");
    }

    @Test
    void aRangeSaysWhereItComesFrom() {
        assertThat(checks().ranges().services()).contains(new Ranges.Range("10.233.0.0/18", true, List.of()));
        assertThat(checks().ranges().pods())
                .contains(new Ranges.Range("10.233.64.0/18", true, List.of("Calico IPPool default-ipv4-ippool")));
    }

    private static ResourceState state(Kind<?> kind, Status status) {
        return new ResourceState(kind, status, null, NOW, status == Status.WATCHED, 0, Map.of());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            WATCHED,     true
            ABSENT,      false
            FORBIDDEN,   -
            STARTING,    -
            INTERRUPTED, -
            """)
    void aKindIsServedWhereTheApiSaidSo(Status status, Boolean served) {
        var all = Definition.of(List.of(state(Kinds.IP_POOL, status)));

        assertThat(all)
                .filteredOn(each -> each.resource().equals("spiderippools.spiderpool.spidernet.io"))
                .extracting(Definition::version, Definition::served)
                .containsExactly(tuple("v2beta1", served));
        assertThat(Definition.result(all)).isEqualTo(Boolean.FALSE.equals(served) ? Result.LACKING : Result.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true,  true,  GOOD
            true,  -,     UNKNOWN
            false, -,     LACKING
            """)
    void whatTheClusterDoesNotSayIsNotGranted(Boolean one, Boolean other, Result result) {
        var allowed =
                new Allowed("", List.of(new Permission("create", "a", one), new Permission("delete", "b", other)));

        assertThat(allowed.result()).isEqualTo(result);
    }
}
