package dev.underpass.console.metrics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.CurrentAnalysis.Analysed;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.edit.PoolCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/// What the newest analysis says, in numbers; a change is in them at most a pause later, and an analysis of its own is
/// begun for them where nobody else asked for one.
@Component
class ClusterMetrics implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMetrics.class);

    private final Disposable.Composite subscriptions = Disposables.composite();
    private final MultiGauge pods;
    private final MultiGauge pairs;
    private final MultiGauge findings;
    private final MultiGauge addresses;
    private final Timer analysisTime;
    private final Timer eventToAnalysis;

    ClusterMetrics(
            MeterRegistry registry, CurrentAnalysis analysis, @Value("${underpass.metrics.pause:5s}") Duration pause) {
        this.pods = gauge(registry, "underpass.pods", "Pods by how they are attached");
        this.pairs =
                gauge(registry, "underpass.reachability.pairs", "Pairs of a Pod and a Service port by disposition");
        this.findings = gauge(registry, "underpass.findings", "Findings by code and severity");
        this.addresses = gauge(registry, "underpass.ippool.addresses", "Addresses of SpiderIPPools by state");
        this.analysisTime = timer(registry, "underpass.analysis", "How long the analysis of a snapshot takes");
        this.eventToAnalysis = timer(
                registry, "underpass.event.to.analysis", "From a snapshot's publication to the end of its analysis");
        subscriptions.add(analysis.analyses().subscribe(this::timed, ClusterMetrics::ended));
        subscriptions.add(analysis.snapshots()
                .onBackpressureLatest()
                .concatMap(_ -> asked(analysis).then(Mono.delay(pause)), 0)
                .subscribe(_ -> {}, ClusterMetrics::ended));
        subscriptions.add(analysis.analyses()
                .onBackpressureLatest()
                .map(Analysed::view)
                .concatMap(view -> Mono.fromRunnable(() -> counted(view)).then(Mono.delay(pause)), 0)
                .subscribe(_ -> {}, ClusterMetrics::ended));
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
    }

    private static void ended(Throwable e) {
        LOG.error("The metrics of the cluster stand still", e);
    }

    /// Has the newest snapshot analysed, so that there is something to count although nobody looks.
    private static Mono<Void> asked(CurrentAnalysis analysis) {
        return analysis.current()
                .onErrorResume(e -> {
                    LOG.error("This analysis is not counted", e);
                    return Mono.empty();
                })
                .then();
    }

    private void timed(Analysed analysed) {
        analysisTime.record(analysed.took());
        eventToAnalysis.record(analysed.sincePublication());
    }

    private void counted(ClusterView cluster) {
        pods.register(rows("attachment", cluster.attachments()), true);
        pairs.register(rows("disposition", dispositions(cluster)), true);
        findings.register(
                cluster.findings().stream().collect(groupingBy(Finding::code)).values().stream()
                        .<Row<?>>map(ClusterMetrics::row)
                        .toList(),
                true);
        addresses.register(pools(cluster), true);
    }

    private static Map<String, Long> dispositions(ClusterView cluster) {
        return cluster.pods().stream()
                .flatMap(pod -> pod.dispositions().entrySet().stream())
                .collect(groupingBy(entry -> entry.getKey().name(), summingLong(Map.Entry::getValue)));
    }

    private static List<Row<?>> rows(String tag, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .<Row<?>>map(entry -> Row.of(Tags.of(tag, entry.getKey()), entry.getValue()))
                .toList();
    }

    private static Row<?> row(List<Finding> sameCode) {
        var finding = sameCode.getFirst();
        var severity = finding.severity().name().toLowerCase(Locale.ROOT);
        return Row.of(Tags.of("code", finding.code(), "severity", severity), sameCode.size());
    }

    private static List<Row<?>> pools(ClusterView cluster) {
        return cluster.poolCounts().entrySet().stream()
                .flatMap(pool -> pool(pool.getKey(), pool.getValue()))
                .toList();
    }

    private static Stream<Row<?>> pool(String name, PoolCounts counts) {
        return Stream.of(
                row(name, "allocated", counts.allocated()),
                row(name, "free", counts.free()),
                row(name, "excluded", counts.excluded()),
                row(name, "reserved", counts.reserved()));
    }

    private static Row<?> row(String pool, String state, BigInteger count) {
        return Row.of(Tags.of("pool", pool, "state", state), count.doubleValue());
    }

    @Override
    public void destroy() {
        subscriptions.dispose();
    }
}
