package dev.underpass.console.probes;

import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.reports.ReportListener;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.ProbeEvidence;
import dev.underpass.reachability.Target;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ProbeResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/// Measures how old reports are, how long probes take, and how often a probe agrees with the prediction.
@Component
class ReportMetrics implements ReportListener, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ReportMetrics.class);

    private static final String AGE = "underpass.report.age";
    private static final String NODE = "node";
    private static final Duration[] RTT_BUCKETS = Stream.of(
                    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
            .map(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter agreeing;
    private final Counter disagreeing;
    private final CurrentAnalysis analysis;
    private final Clock clock;
    private final Map<String, Instant> receivedAt = new ConcurrentHashMap<>();
    private final Map<String, List<ProbeResult>> counted = new ConcurrentHashMap<>();
    private final Disposable nodes;

    ReportMetrics(MeterRegistry registry, CurrentAnalysis analysis, Clock clock) {
        this.registry = registry;
        // From none on: a first wrong prediction is a rise only to who has seen that there was none.
        this.agreeing = predictions(registry, "agree");
        this.disagreeing = predictions(registry, "disagree");
        this.analysis = analysis;
        this.clock = clock;
        this.nodes = analysis.snapshots()
                .subscribe(this::forgotten, e -> LOG.error("Nodes that are gone count as silent", e));
    }

    /// A node that has left the cluster is not silent. While nodes cannot be read, none has left.
    void forgotten(ClusterSnapshot snapshot) {
        if (snapshot.observes("nodes")) {
            var there = snapshot.nodes().stream()
                    .map(node -> node.name().toString())
                    .collect(toSet());
            receivedAt.keySet().stream().filter(node -> !there.contains(node)).forEach(this::forget);
        }
    }

    private void forget(String node) {
        receivedAt.remove(node);
        counted.remove(node);
        registry.find(AGE).tag(NODE, node).meters().forEach(registry::remove);
    }

    private static Counter predictions(MeterRegistry registry, String result) {
        return Counter.builder("underpass.prediction")
                .description("Probes by whether they agreed with what was predicted")
                .tag("result", result)
                .register(registry);
    }

    /// Probes that the node's report before had already are not counted again.
    @Override
    public Mono<Void> taken(NodeReport report) {
        var node = report.node();
        received(node);
        var earlier = counted.put(node, report.probes());
        var fresh = report.probes().stream()
                .filter(probe -> earlier == null || !earlier.contains(probe))
                .toList();
        return fresh.isEmpty()
                ? Mono.empty()
                : analysis.current().doOnNext(cluster -> count(cluster, fresh)).then();
    }

    /// Its probes are counted where it was taken.
    @Override
    public void takenElsewhere(NodeReport report) {
        received(report.node());
        counted.put(report.node(), report.probes());
    }

    private void received(String node) {
        if (receivedAt.put(node, clock.instant()) == null) {
            Gauge.builder(AGE, () -> age(node))
                    .description("Since when a node has not reported")
                    .baseUnit("seconds")
                    .tag(NODE, node)
                    .register(registry);
        }
    }

    /// Only Services that the cluster has make a series: an agent cannot make up names.
    private void time(Target target, ProbeResult probe) {
        if (target.service() != null && probe.outcome() == ProbeResult.Outcome.CONNECTED) {
            Timer.builder("underpass.probe.rtt")
                    .description("The time that a connection to the Service took, as agents probed it")
                    .tag("service", target.service().toString())
                    .serviceLevelObjectives(RTT_BUCKETS)
                    .register(registry)
                    .record(Duration.of(probe.rttMicros(), ChronoUnit.MICROS));
        }
    }

    private double age(String node) {
        var since = receivedAt.getOrDefault(node, clock.instant());
        return Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }

    private void count(ClusterView cluster, List<ProbeResult> probes) {
        for (var probe : probes) {
            var from = ProbeEvidence.from(probe);
            if (cluster.pod(from).isEmpty()) {
                continue;
            }
            var target = cluster.analysis().target(probe.address(), probe.port(), probe.protocol());
            time(target, probe);
            var fold = cluster.analysis().verdict(from, target).disposition().fold();
            if (fold != Fold.UNDETERMINED) {
                boolean connected = probe.outcome() == ProbeResult.Outcome.CONNECTED;
                boolean agrees = connected == (fold == Fold.REACHABLE);
                (agrees ? agreeing : disagreeing).increment();
            }
        }
    }

    @Override
    public void destroy() {
        nodes.dispose();
    }
}
