package dev.underpass.agent;

import dev.underpass.agent.netlink.NetlinkBuffer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The agent's thread and a second one, which read namespaces side by side while the first waits for both.
///
/// Each has a buffer of its own, and a namespace stays with one of them. Neither ever enters a namespace.
final class Lanes implements AutoCloseable {

    private final NetlinkBuffer first = new NetlinkBuffer();
    private final NetlinkBuffer second = new NetlinkBuffer();
    private final ExecutorService other = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lane").daemon().factory());
    private boolean odd;

    /// The buffer of the agent's own thread.
    NetlinkBuffer first() {
        return first;
    }

    /// The buffer for another namespace, by turns.
    NetlinkBuffer next() {
        odd = !odd;
        return odd ? second : first;
    }

    boolean isSecond(NetlinkBuffer buffer) {
        return buffer.equals(second);
    }

    /// Does the work with each, that of the second lane beside the rest.
    <T> void each(Collection<T> all, Predicate<T> isSecond, Consumer<T> work) {
        var apart = all.stream().filter(isSecond).toList();
        var rest = all.stream().filter(isSecond.negate()).toList();
        var beside = CompletableFuture.runAsync(() -> apart.forEach(work), other);
        try {
            rest.forEach(work);
        } finally {
            beside.join();
        }
    }

    @Override
    public void close() {
        other.shutdown();
    }
}
