package dev.underpass.console.journal;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.journal.Sightings.Sighting;
import dev.underpass.console.store.Follower;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.console.store.Topic;
import dev.underpass.diagnosis.ConfigurationChange;
import dev.underpass.diagnosis.ConfigurationChanges;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;

/// The changes of the network configuration that the console saw, the newest first, and the oldest go. Every replica
/// sees
/// them; each is told once.
@Component
public class Journal implements Follower, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MOST = 1_000;

    private static final int IDS_PER_MILLI = 1_000;

    private final Sightings sightings = new Sightings(MOST);
    private final String replica = UUID.randomUUID().toString();
    private final Clock clock;
    private final Store store;
    private final Disposable subscription;
    private @Nullable ClusterSnapshot last;

    /// A change, and when it was seen.
    ///
    /// @param at when the console saw it
    public record Entry(long id, Instant at, ConfigurationChange change) {}

    Journal(CurrentAnalysis analysis, Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        store.follow(Topic.JOURNAL, this);
        this.subscription =
                analysis.snapshots().subscribe(this::take, e -> LOG.error("The journal takes no more changes", e));
    }

    private synchronized void take(ClusterSnapshot snapshot) {
        if (last != null) {
            var now = clock.instant();
            for (var change : ConfigurationChanges.between(last, snapshot)) {
                LOG.info("{} {} {}", change.kind(), change.name(), change.what());
                see(new Sighting(UUID.randomUUID().toString(), replica, new Entry(id(now), now, change)));
            }
        }
        last = snapshot;
    }

    /// Grows with time, and is the same with all replicas.
    private static long id(Instant at) {
        return at.toEpochMilli() * IDS_PER_MILLI + ThreadLocalRandom.current().nextInt(IDS_PER_MILLI);
    }

    private void see(Sighting sighting) {
        if (store.status().shared()) {
            sightings.seenHere(sighting);
            store.tell(Topic.JOURNAL, Told.of(sighting.key(), sighting));
        } else {
            sightings.heard(sighting);
        }
    }

    @Override
    public synchronized void hear(Told told) {
        sightings.heard(told.as(Sighting.class));
    }

    @Override
    public synchronized List<Told> held() {
        return sightings.all().stream()
                .map(sighting -> Told.of(sighting.key(), sighting))
                .toList();
    }

    /// The newest first.
    public synchronized List<Entry> entries() {
        return sightings.newestFirst();
    }

    @Override
    public void destroy() {
        subscription.dispose();
    }
}
