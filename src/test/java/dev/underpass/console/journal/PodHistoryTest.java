package dev.underpass.console.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.journal.PodHistory.Configured;
import dev.underpass.console.journal.PodHistory.Event;
import dev.underpass.console.journal.PodHistory.Made;
import dev.underpass.console.journal.PodHistory.Routed;
import dev.underpass.console.journal.PodHistory.Started;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.store.Store;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Route;
import dev.underpass.report.Fields;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.report.ReportFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A recorded cluster as if it were watched.
class PodHistoryTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");
    private static final ObjectName U1 = new ObjectName("lab", "u1");

    private final TestClock clock = new TestClock(START);
    private CurrentAnalysis analysis;
    private Journal journal;
    private RouteJournal routes;
    private NodeReport report;
    private long sequence = 1_000_000;

    @BeforeEach
    void start() throws BundleException, InterruptedException {
        analysis = new CurrentAnalysis("kubernetes", "test", clock);
        var recorded = BundleReader.contents(Recordings.path("hijack-route-deleted"));
        for (var objects : recorded.resources().values()) {
            for (var object : objects) {
                load(object.toString());
            }
        }
        recorded.reports().values().forEach(each -> analysis.accept(each, clock.instant()));
        report = Objects.requireNonNull(recorded.reports().get(new NodeName("node1")));
        until(snapshot -> snapshot.reports().size() == recorded.reports().size());
        journal = new Journal(analysis, clock, Store.ALONE);
        routes = new RouteJournal(analysis, clock);
        clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        journal.destroy();
        routes.destroy();
        analysis.destroy();
    }

    private interface Condition {
        boolean holds(ClusterSnapshot snapshot);
    }

    private void until(Condition condition) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> condition.holds(
                        Objects.requireNonNull(analysis.snapshots().blockFirst())));
    }

    /// The object is there, and its kind is watched.
    private void load(String json) throws InterruptedException {
        analysis.live().orElseThrow().change(objects -> read(objects, json), watched(json));
    }

    private static Fields fields(String json) {
        try {
            return Fields.of(JSON.readTree(json), "");
        } catch (ReportFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static void read(ClusterObjects objects, String json) {
        try {
            objects.read(fields(json));
        } catch (ReportFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static ResourceState watched(String json) {
        try {
            var kind = Kinds.of(fields(json)).orElseThrow();
            return new ResourceState(kind, Status.WATCHED, null, START, true, 1, Map.of());
        } catch (ReportFormatException e) {
            throw new AssertionError(e);
        }
    }

    private void pool(String name, String ips) throws InterruptedException {
        load("""
                {"kind": "SpiderIPPool", "apiVersion": "spiderpool.spidernet.io/v2beta1", "metadata": {"name": "%s"},
                 "spec": {"subnet": "10.6.0.0/16", "ips": ["%s"]}}
                """.formatted(name, ips));
        until(snapshot -> snapshot.spiderpool().ipPools().stream()
                .anyMatch(pool -> pool.name().equals(name) && pool.ips().equals(List.of(ips))));
    }

    /// The node reports again, with other routes in the Pod.
    private void report(UnaryOperator<@Nullable List<Route>> change) {
        sequence++;
        var pods = report.pods().stream()
                .map(pod -> pod.name().equals("u1") ? with(pod, change) : pod)
                .toList();
        analysis.accept(
                new NodeReport(
                        report.node(),
                        sequence,
                        report.bootId(),
                        report.agentVersion(),
                        clock.instant(),
                        report.host(),
                        pods,
                        report.probes()),
                clock.instant());
        until(snapshot -> Objects.requireNonNull(snapshot.reports().get(new NodeName("node1")))
                        .sequence()
                == sequence);
    }

    private static PodReport with(PodReport pod, UnaryOperator<@Nullable List<Route>> change) {
        var is = pod.network().network();
        var state = new NetworkState(
                is.links(),
                is.addresses(),
                is.rules(),
                is.rules6(),
                change.apply(is.routes()),
                is.routes6(),
                is.neighbours(),
                is.proxyNeighbours(),
                is.sysctls());
        var network = new NamespaceReport(
                state,
                pod.network().netnsIds(),
                pod.network().filters(),
                pod.network().ipvs(),
                pod.network().listeners(),
                pod.network().resolvConf());
        return new PodReport(pod.namespace(), pod.name(), pod.uid(), pod.netns(), pod.error(), network);
    }

    private List<Event> events() {
        var cluster = Objects.requireNonNull(analysis.current().block());
        return new PodHistory(journal, routes).of(cluster, cluster.pod(U1).orElseThrow());
    }

    private <T extends Event> List<T> events(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The journal of routes hears of a snapshot beside whoever else does: it may be later.
    private void awaitRouted(int changes) {
        await().until(() -> events(Routed.class).size() == changes);
    }

    @Test
    void aRouteThatGoesAndComesBackIsToldTwice() {
        report(lines -> Objects.requireNonNull(lines).stream().skip(1).toList());
        awaitRouted(1);
        clock.advance(Duration.ofMinutes(1));
        report(lines -> lines);
        awaitRouted(2);

        var first = Objects.requireNonNull(report.pods().stream()
                        .filter(pod -> pod.name().equals("u1"))
                        .findFirst()
                        .orElseThrow()
                        .network()
                        .network()
                        .routes())
                .getFirst();
        assertThat(events(Routed.class))
                .extracting(
                        Routed::at,
                        each -> each.lines().came(),
                        each -> each.lines().went())
                .containsExactly(
                        tuple(START.plusSeconds(120), List.of("ip route " + first), List.of()),
                        tuple(START.plusSeconds(60), List.of(), List.of("ip route " + first)));
    }

    @Test
    void nothingGoesWhereTheRoutesWereNotRead() {
        report(_ -> null);
        report(lines -> lines);

        assertThat(events(Routed.class)).isEmpty();
    }

    @Test
    void changesOfItsOwnNetworkAreToldAndOthersAreNot() throws InterruptedException {
        pool("v4-10-6", "10.6.212.240-10.6.212.250");
        pool("of-others", "10.6.9.1-10.6.9.9");

        assertThat(events(Configured.class))
                .extracting(each -> each.change().name(), Configured::at, Configured::later)
                .containsExactly(tuple("v4-10-6", START.plusSeconds(60), true));
    }

    @Test
    void whatTheWholeClusterGoesByConcernsItToo() throws InterruptedException {
        load("""
                {"kind": "SpiderCoordinator", "apiVersion": "spiderpool.spidernet.io/v2beta1",
                 "metadata": {"name": "default"}, "spec": {"hijackCIDR": ["10.7.0.0/16"]}}
                """);
        until(snapshot ->
                snapshot.spiderpool().coordinators().getFirst().settings().hijackCidrs() != null);

        assertThat(events(Configured.class))
                .extracting(each -> each.change().kind())
                .containsExactly("SpiderCoordinator");
    }

    /// Findings hit the Pod, and were there when the console began to look.
    @Test
    void whatNobodyDatedIsNotTold() {
        var made = Instant.parse("2026-11-23T09:23:25Z");

        assertThat(events()).containsExactly(new Started(made), new Made(made));
    }
}
