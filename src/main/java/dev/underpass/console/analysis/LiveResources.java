package dev.underpass.console.analysis;

import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The cluster's resources as the Kubernetes API tells of them: objects for the single writer, states for everybody.
public final class LiveResources {

    /// How many changes may wait for the writer; who brings more waits.
    private static final int WAITING = 1_000;

    private final String name;
    private final Clock clock;
    private final ClusterObjects objects = new ClusterObjects();
    private final Map<Kind<?>, ResourceState> states = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(WAITING);
    private final Consumer<Runnable> writer;

    LiveResources(String name, Clock clock, Consumer<Runnable> writer) {
        this.name = name;
        this.clock = clock;
        this.writer = writer;
        for (var kind : Kinds.ALL) {
            states.put(kind, ResourceState.starting(kind, clock.instant()));
        }
    }

    /// Changes the objects, soon, in the order of the calls; waits while too many changes do.
    ///
    /// @param state what is known of the kind from then on; null when that stays as it was
    public void change(Consumer<ClusterObjects> change, @Nullable ResourceState state) throws InterruptedException {
        room.acquire();
        writer.accept(() -> {
            room.release();
            change.accept(objects);
            if (state != null) {
                states.put(state.kind(), state);
            }
        });
    }

    /// The states of all kinds, in the order in which they are worth reading.
    public List<ResourceState> states() {
        return Kinds.ALL.stream()
                .map(kind -> Objects.requireNonNull(states.get(kind)))
                .toList();
    }

    /// For the writer only.
    ClusterSnapshot snapshot() {
        var unobserved = states.values().stream()
                .filter(state -> !state.observed())
                .map(state -> state.kind().resource())
                .collect(toSet());
        return objects.snapshot(name, clock.instant(), "", Fabric.ASSUMED).withUnobserved(unobserved);
    }
}
