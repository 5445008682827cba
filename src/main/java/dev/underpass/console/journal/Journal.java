package dev.underpass.console.journal;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.diagnosis.ConfigurationChange;
import dev.underpass.diagnosis.ConfigurationChanges;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;

/// The changes of the network configuration since the console started, the newest first; in memory, and the oldest go.
@Component
public class Journal implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MOST = 1_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Clock clock;
    private final Disposable subscription;
    private @Nullable ClusterSnapshot last;

    /// A change, and when it was seen.
    ///
    /// @param at when the console saw it
    public record Entry(long id, Instant at, ConfigurationChange change) {}

    Journal(CurrentAnalysis analysis, Clock clock) {
        this.clock = clock;
        this.subscription =
                analysis.snapshots().subscribe(this::take, e -> LOG.error("The journal takes no more changes", e));
    }

    private synchronized void take(ClusterSnapshot snapshot) {
        if (last != null) {
            var now = clock.instant();
            for (var change : ConfigurationChanges.between(last, snapshot)) {
                LOG.info("{} {} {}", change.kind(), change.name(), change.what());
                long id = entries.isEmpty() ? 1 : entries.getFirst().id() + 1;
                entries.addFirst(new Entry(id, now, change));
            }
            while (entries.size() > MOST) {
                entries.removeLast();
            }
        }
        last = snapshot;
    }

    /// The newest first.
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    @Override
    public void destroy() {
        subscription.dispose();
    }
}
