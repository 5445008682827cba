package dev.underpass.console.analysis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.LiveCluster.Published;
import dev.underpass.console.bundle.Bundle;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.Kind;
import dev.underpass.report.NodeReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/// The analysis that pages and API show: of the cluster or the bundle that `underpass.source` names, and of the
/// reports of its agents.
@Component
public class CurrentAnalysis implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentAnalysis.class);
    private static final String BUNDLE = "bundle:";
    private static final String KUBERNETES = "kubernetes";
    private static final Duration FOREVER = Duration.ofDays(1);

    private final Scheduler writer = Schedulers.newSingle("cluster", true);
    private final Scheduler worker = Schedulers.newSingle("analysis", true);
    private final Clock clock;
    private final Duration patience;
    private final @Nullable LiveResources live;
    private final Map<Kind<?>, List<JsonNode>> bundled;
    private final LiveCluster cluster;
    private final Sinks.Many<ClusterSnapshot> snapshots = Sinks.many().replay().latest();
    private final Sinks.Many<Analysed> analyses = Sinks.many().multicast().directBestEffort();
    private final FindingDates dates = new FindingDates();
    private final AtomicLong published = new AtomicLong();
    private final Newest<Publication, ClusterView> newest;

    /// An analysis that is done.
    ///
    /// @param sincePublication from the snapshot's publication to the end of its analysis, which waits
    /// until somebody asks
    public record Analysed(ClusterView view, Duration took, Duration sincePublication) {}

    /// Waits for the newest analysis however long it takes.
    ///
    /// @throws BundleException naming what is wrong with the source
    public CurrentAnalysis(String source, String name, Clock clock) throws BundleException {
        this(source, name, FOREVER, clock);
    }

    /// @param source `kubernetes` or `bundle:PATH`
    /// @param name the cluster's name for people; a bundle has its own
    /// @param patience how long somebody waits for the newest analysis where there is an earlier one
    /// @throws BundleException naming what is wrong with the source
    @Autowired
    public CurrentAnalysis(
            @Value("${underpass.source:kubernetes}") String source,
            @Value("${underpass.cluster:cluster}") String name,
            @Value("${underpass.analysis.patience:1s}") Duration patience,
            Clock clock)
            throws BundleException {
        this.clock = clock;
        this.patience = patience;
        this.live = source.isEmpty() || source.equals(KUBERNETES)
                ? new LiveResources(name, clock, change -> cluster().change(change))
                : null;
        var receipts = new HashMap<NodeName, Receipt>();
        Supplier<ClusterSnapshot> resources;
        if (live == null) {
            var bundle = bundle(source);
            bundle.reports().forEach((node, report) -> receipts.put(node, new Receipt(report, null)));
            bundled = bundle.edited();
            resources = bundle::resources;
        } else {
            bundled = Map.of();
            resources = live::snapshot;
        }
        this.newest = new Newest<>(
                publication(Published.of(resources.get(), receipts, clock)), patience, this::analysed, worker);
        this.cluster = new LiveCluster(resources, receipts, clock, writer, this::publish);
        snapshots.tryEmitNext(newest.question().known().snapshot());
    }

    private LiveCluster cluster() {
        return cluster;
    }

    /// How far each kind of resource can be read; nothing where the source is a bundle.
    public List<ResourceState> resourceStates() {
        return live().map(LiveResources::states).orElse(List.of());
    }

    /// The cluster's resources, when the Kubernetes API is their source.
    public Optional<LiveResources> live() {
        return Optional.ofNullable(live);
    }

    /// The objects of a kind that people edit, as the bundle holds them; none when the Kubernetes API is the source.
    public List<JsonNode> bundled(Kind<?> kind) {
        return bundled.getOrDefault(kind, List.of());
    }

    private static Bundle bundle(String source) throws BundleException {
        if (!source.startsWith(BUNDLE)) {
            throw new BundleException("underpass.source", "must be kubernetes or bundle:PATH; it is '" + source + "'");
        }
        var bundle = BundleReader.bundle(Path.of(source.substring(BUNDLE.length())));
        LOG.info(
                "Read cluster {} with {} reports, {} Pods and {} Services",
                bundle.resources().name(),
                bundle.reports().size(),
                bundle.resources().pods().size(),
                bundle.resources().services().size());
        return bundle;
    }

    private void publish(Published known) {
        newest.replace(publication(known));
        snapshots.tryEmitNext(known.snapshot());
    }

    private Publication publication(Published known) {
        return new Publication(known, published.incrementAndGet(), clock.instant(), System.nanoTime());
    }

    private ClusterView analysed(Publication publication) {
        long begun = System.nanoTime();
        var view = new ClusterView(
                new Basis(publication, newest::question, clock, Map.of()),
                analysis ->
                        dates.dated(publication.number(), analysis.snapshot(), analysis.findings(), publication.at()));
        long now = System.nanoTime();
        var analysed =
                new Analysed(view, Duration.ofNanos(now - begun), Duration.ofNanos(now - publication.nanoTime()));
        synchronized (analyses) {
            analyses.tryEmitNext(analysed);
        }
        return view;
    }

    /// Every analysis from now on, when it is done; who is too slow misses some.
    public Flux<Analysed> analyses() {
        return analyses.asFlux();
    }

    /// The analysis of the newest snapshot; the first to ask starts it. Where it takes long, the last that is ready:
    /// then
    /// [ClusterView#behind] tells so. Whoever asks [Earlier] gets the cluster as it was.
    public Mono<ClusterView> current() {
        return Mono.deferContextual(context -> Earlier.of(context)
                        .map(Mono::just)
                        .orElseGet(newest::get)
                        .doOnNext(view -> KnownAt.note(context, view.knownAt())))
                .publishOn(Schedulers.boundedElastic());
    }

    /// Whether nobody waits long for an analysis: there is one, and not one of long ago.
    public boolean isThere() {
        return newest.answers();
    }

    /// How long somebody waits for the newest analysis where there is an earlier one.
    public Duration patience() {
        return patience;
    }

    /// What is known now, analysed or not.
    public ClusterSnapshot known() {
        return newest.question().known().snapshot();
    }

    /// The newest snapshot and all that follow.
    public Flux<ClusterSnapshot> snapshots() {
        return snapshots.asFlux();
    }

    /// Takes a report that was checked; the next snapshot has it.
    ///
    /// @param receivedAt when it came, to this replica or another one
    public void accept(NodeReport report, Instant receivedAt) {
        cluster.accept(report, receivedAt);
    }

    @Override
    public void destroy() {
        cluster.dispose();
        writer.dispose();
        worker.dispose();
    }
}
