package dev.underpass.console.analysis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.Reported;
import dev.underpass.report.NodeReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/// The cluster as resources and reports change it. All of its state belongs to one worker, its only writer.
///
/// A snapshot is published at once for the first change after a pause, and then at most every 100 ms.
final class LiveCluster implements Disposable {

    static final Duration PAUSE = Duration.ofMillis(100);
    private static final long EXPIRY_CHECK_SECONDS = 1;

    private final Supplier<ClusterSnapshot> resources;
    private final Map<NodeName, Receipt> receipts;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Scheduler.Worker worker;
    private final Consumer<Published> subscriber;
    private final RangesSeen ranges = new RangesSeen();
    private long publishedAt = Long.MIN_VALUE / 2;
    private int published;
    private boolean due;

    /// What is known at one instant.
    record Published(ClusterSnapshot snapshot, Map<NodeName, Receipt> receipts, int unresolved) {

        /// Leaves out the reports that are too old.
        static Published of(ClusterSnapshot resources, Map<NodeName, Receipt> receipts, Clock clock) {
            var reports = new HashMap<NodeName, NodeReport>();
            receipts.forEach((node, receipt) -> {
                if (!receipt.expired(clock.instant())) {
                    reports.put(node, receipt.report());
                }
            });
            var reported = Reported.in(resources, reports);
            return new Published(reported.snapshot(), Map.copyOf(receipts), reported.unresolved());
        }
    }

    LiveCluster(
            Supplier<ClusterSnapshot> resources,
            Map<NodeName, Receipt> receipts,
            Clock clock,
            Scheduler scheduler,
            Consumer<Published> subscriber) {
        this.resources = resources;
        this.receipts = new HashMap<>(receipts);
        this.clock = clock;
        this.scheduler = scheduler;
        this.worker = scheduler.createWorker();
        this.subscriber = subscriber;
        this.published = receipts.size();
        worker.schedulePeriodically(this::expire, EXPIRY_CHECK_SECONDS, EXPIRY_CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /// Takes a report in place of the node's earlier one; returns before it is published.
    ///
    /// @param receivedAt when it came, to this replica or another one
    void accept(NodeReport report, Instant receivedAt) {
        var receipt = new Receipt(report, receivedAt);
        worker.schedule(() -> {
            receipts.put(new NodeName(report.node()), receipt);
            publishSoon();
        });
    }

    /// Runs a change of the resources on the writer; returns before it is published.
    void change(Runnable change) {
        worker.schedule(() -> {
            change.run();
            publishSoon();
        });
    }

    private void expire() {
        if (living() != published) {
            publishSoon();
        }
    }

    private int living() {
        var now = clock.instant();
        return (int) receipts.values().stream()
                .filter(receipt -> !receipt.expired(now))
                .count();
    }

    private void publishSoon() {
        if (due) {
            return;
        }
        long wait = publishedAt + PAUSE.toMillis() - scheduler.now(TimeUnit.MILLISECONDS);
        if (wait <= 0) {
            publish();
        } else {
            due = true;
            worker.schedule(this::publish, wait, TimeUnit.MILLISECONDS);
        }
    }

    private void publish() {
        due = false;
        publishedAt = scheduler.now(TimeUnit.MILLISECONDS);
        published = living();
        subscriber.accept(Published.of(ranges.in(resources.get(), clock.instant()), receipts, clock));
    }

    @Override
    public void dispose() {
        worker.dispose();
    }
}
