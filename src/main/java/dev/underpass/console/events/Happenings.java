package dev.underpass.console.events;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.events.EventViews.AnalysisEvent;
import dev.underpass.console.events.EventViews.FindingEvent;
import dev.underpass.console.events.EventViews.ReportEvent;
import dev.underpass.console.events.EventViews.ShutdownEvent;
import dev.underpass.console.mutes.Mark;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.reports.ReportListener;
import dev.underpass.console.store.Store;
import dev.underpass.diagnosis.Finding;
import dev.underpass.report.NodeReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Gathers what happens and tells it at most once a second. Analyses are compared only while somebody listens.
@Component
public class Happenings implements ReportListener, DisposableBean {

    static final Duration BEAT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Happenings.class);
    private static final int RADIX = 36;

    private final EventLog log;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Sinks.Many<Long> newest = Sinks.many().replay().latestOrDefault(0L);
    private final Sinks.One<Event> shutdown = Sinks.one();
    private final AtomicInteger clients = new AtomicInteger();
    private final CurrentAnalysis analysis;
    private final Store store;
    private final Mutes mutes;
    private final Disposable subscriptions;
    private volatile boolean changed = true;
    private Map<String, Finding> findings = Map.of();
    private boolean compared;
    private long comparedNumber;
    private @Nullable Instant awaySince;
    private Set<Mark> muted;

    /// Whether the store went away or came back, or something was muted or no longer is, and nobody was told: every
    /// page says so.
    private boolean turned;

    /// Whether more happened since the last beat than is told: one reset stands for all of it.
    private boolean flooded;

    private record Pending(String type, Object data) {}

    @Autowired
    Happenings(CurrentAnalysis analysis, Store store, Mutes mutes, Clock clock) {
        this(analysis, store, mutes, clock, Schedulers.boundedElastic());
    }

    Happenings(CurrentAnalysis analysis, Store store, Mutes mutes, Clock clock, Scheduler scheduler) {
        this.analysis = analysis;
        this.store = store;
        this.mutes = mutes;
        this.muted = mutes.lasting();
        this.awaySince = store.status().awaySince();
        this.log = new EventLog(Long.toString(clock.millis(), RADIX));
        var snapshots = analysis.snapshots().doOnNext(_ -> changed = true);
        var beats = Flux.interval(BEAT, scheduler).onBackpressureDrop().concatMap(_ -> beat(), 1);
        this.subscriptions = Flux.merge(snapshots, beats).subscribe(_ -> {}, e -> LOG.error("Events end", e));
    }

    @Override
    public Mono<Void> taken(NodeReport report) {
        return Mono.fromRunnable(() -> takenElsewhere(report));
    }

    @Override
    public void takenElsewhere(NodeReport report) {
        tell("report", report.node(), ReportEvent.of(report));
    }

    /// Notes what is to be told at the next beat; of one key, the newest counts.
    public void tell(String type, String key, Object data) {
        synchronized (pending) {
            var name = type + " " + key;
            pending.remove(name);
            pending.put(name, new Pending(type, data));
            if (pending.size() > EventLog.MOST) {
                pending.clear();
                flooded = true;
            }
        }
    }

    private Mono<Void> beat() {
        return analysed().then(Mono.fromRunnable(this::told));
    }

    private void told() {
        synchronized (pending) {
            if (flooded) {
                log.add("reset", new EventLog.Missed("more happened than is told: read everything anew"));
            } else {
                pending.values().forEach(each -> log.add(each.type(), each.data()));
            }
            pending.clear();
            flooded = false;
        }
        newest.tryEmitNext(log.newest());
    }

    private void lookAround() {
        var since = store.status().awaySince();
        turned |= !Objects.equals(since, awaySince);
        awaySince = since;
        var now = mutes.lasting();
        turned |= !now.equals(muted);
        muted = now;
    }

    private Mono<ClusterView> analysed() {
        lookAround();
        if (!(changed || turned) || clients.get() == 0) {
            return Mono.empty();
        }
        changed = false;
        return analysis.current().doOnNext(this::looked).onErrorResume(e -> {
            LOG.error("This analysis is not told", e);
            return Mono.empty();
        });
    }

    private void looked(ClusterView cluster) {
        if (cluster.superseded()) {
            // The newest is not ready, or there is another one: it is asked for at the next beat.
            changed = true;
        }
        if (cluster.number() != comparedNumber) {
            comparedNumber = cluster.number();
            compare(cluster);
        } else if (turned) {
            log.add("analysis", AnalysisEvent.of(cluster));
        }
        turned = false;
    }

    private void compare(ClusterView cluster) {
        var now = EventViews.byIdentity(cluster);
        if (compared) {
            FindingEvent.between(findings, now).forEach(each -> log.add("finding", each));
        }
        compared = true;
        findings = now;
        log.add("analysis", AnalysisEvent.of(cluster));
    }

    /// What happened after the event of that id, and all that follows, until the console stops.
    ///
    /// @param lastId absent for what happens from now on
    Flux<Event> after(@Nullable String lastId) {
        return Flux.defer(() -> {
            var cursor = log.cursor(lastId);
            clients.incrementAndGet();
            return newest.asFlux()
                    .onBackpressureLatest()
                    .concatMapIterable(_ -> log.next(cursor), 1)
                    .takeUntilOther(shutdown.asMono())
                    .concatWith(shutdown.asMono())
                    .doFinally(_ -> clients.decrementAndGet());
        });
    }

    /// Ends when the console stops.
    Mono<Event> closing() {
        return shutdown.asMono();
    }

    /// How many streams are open.
    int clients() {
        return clients.get();
    }

    /// The id after which a page that is made now is to be told more.
    public String newestId() {
        return log.newestId();
    }

    /// Ends all streams before the web server waits for its last answers.
    @EventListener(ContextClosedEvent.class)
    void close() {
        shutdown.tryEmitValue(new Event(log.newestId(), "shutdown", new ShutdownEvent("the console stops")));
    }

    @Override
    public void destroy() {
        close();
        subscriptions.dispose();
    }
}
