package dev.underpass.console.store;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// How long it takes from the answer to an edit until every replica shows it.
final class LoadShown {

    private static final int LOOK_MILLIS = 20;

    private final List<ServedReplica> replicas;
    private final Queue<Long> shown = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unjudged = new AtomicInteger();
    private volatile boolean storeAway;
    private volatile boolean ending;

    LoadShown(List<ServedReplica> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    /// From now on, nothing can be shown by a replica that was not asked for it.
    void storeIsAway(boolean away) {
        storeAway = away;
    }

    /// An edit was answered.
    void answered(String edit) {
        long at = System.nanoTime();
        replicas.forEach(replica -> Thread.ofVirtual().start(() -> look(replica, edit, at)));
    }

    private void look(ServedReplica replica, String edit, long at) {
        boolean judged = !storeAway;
        try {
            while (replica.status("/api/v1/edits/" + edit) != 200 && !ending) {
                judged &= !storeAway;
                Thread.sleep(LOOK_MILLIS);
            }
            if (judged && !storeAway && !ending) {
                shown.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at));
                return;
            }
        } catch (IOException _) {
            // It is being killed, or starts.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        unjudged.incrementAndGet();
    }

    void end() {
        ending = true;
    }

    @Override
    public String toString() {
        return "an answered edit is shown by a replica after %s, %d times; %d times the replica or Redis was away"
                .formatted(Spread.of(shown.stream()), shown.size(), unjudged.get());
    }
}
