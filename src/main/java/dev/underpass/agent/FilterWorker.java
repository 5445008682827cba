package dev.underpass.agent;

import dev.underpass.report.FilterReport;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Has packet filters read beside the agent's thread, each namespace's again only after a pause that grows with its
/// size.
///
/// All methods belong to the agent's thread; only the tools run on another one.
final class FilterWorker implements AutoCloseable {

    private static final long SHORTEST_PAUSE_NANOS = 200_000_000;
    private static final int PAUSE_FACTOR = 20;

    private final FilterReader reader;
    private final Consumer<Runnable> inbox;
    private final Done done;
    private final Map<NamespaceWatch, Long> notBefore = new HashMap<>();
    private final Set<NamespaceWatch> wanted = new HashSet<>();
    private final Set<NamespaceWatch> running = new HashSet<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("filters").daemon().factory());

    /// Takes what was read.
    @FunctionalInterface
    interface Done {
        void read(NamespaceWatch watch, FilterReader.Filters filters);
    }

    /// @param inbox runs something on the agent's thread
    FilterWorker(FilterReader reader, Consumer<Runnable> inbox, Done done) {
        this.reader = reader;
        this.inbox = inbox;
        this.done = done;
    }

    /// Starts what is wanted and due; forgets namespaces that are gone.
    ///
    /// @param ready the descriptors that can be read
    void start(List<NamespaceWatch> watches, Set<Integer> ready) {
        notBefore.keySet().retainAll(watches);
        wanted.retainAll(watches);
        running.retainAll(watches);
        for (var watch : watches) {
            try {
                startIfDue(watch, ready);
            } catch (IOException e) {
                // The namespace is going away, or may not be entered any more.
                done.read(watch, new FilterReader.Filters(FilterReport.NOT_OBSERVED, List.of(message(e))));
            }
        }
    }

    private static String message(IOException e) {
        return "packet filter: " + e.getMessage();
    }

    private void startIfDue(NamespaceWatch watch, Set<Integer> ready) throws IOException {
        if (watch.takeFiltersWanted(ready)) {
            wanted.add(watch);
        }
        var pause = notBefore.get(watch);
        boolean due = pause == null || pause - System.nanoTime() <= 0;
        if (wanted.contains(watch) && due && running.add(watch)) {
            wanted.remove(watch);
            try {
                start(watch, watch.presentFilters());
            } catch (IOException e) {
                running.remove(watch);
                throw e;
            }
        }
    }

    private void start(NamespaceWatch watch, FilterReader.Present present) {
        executor.execute(() -> {
            long start = System.nanoTime();
            var filters = reader.read(watch.path(), present);
            long took = System.nanoTime() - start;
            inbox.accept(() -> finished(watch, filters, took));
        });
    }

    private void finished(NamespaceWatch watch, FilterReader.Filters filters, long took) {
        running.remove(watch);
        notBefore.put(watch, System.nanoTime() + Math.max(SHORTEST_PAUSE_NANOS, PAUSE_FACTOR * took));
        done.read(watch, filters);
    }

    /// Whether something waits for its pause to end.
    boolean waiting() {
        return !wanted.isEmpty();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
