package dev.underpass.console.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;

/// What is to be told, in its order, until the store has it. Within bounds: beyond them the oldest goes.
final class Outbox {

    static final int MOST = 10_000;

    private final Map<String, Letter> waiting = new LinkedHashMap<>();
    private long lost;

    /// One thing to tell.
    ///
    /// @param line what is in it; absent of a report, of which agents send another one
    /// @param told done when the store has it
    record Letter(
            String name, Spool.@Nullable Line line, Consumer<RedisConnection> telling, CompletableFuture<Void> told) {}

    /// Puts it behind all others; what waits under the same name already stays where it is.
    synchronized Letter put(String name, Spool.@Nullable Line line, Consumer<RedisConnection> telling) {
        var letter = waiting.computeIfAbsent(name, _ -> new Letter(name, line, telling, new CompletableFuture<>()));
        if (waiting.size() > MOST) {
            var oldest = waiting.values().iterator().next();
            waiting.remove(oldest.name());
            oldest.told().cancel(false);
            lost++;
        }
        notifyAll();
        return letter;
    }

    /// The first one, which stays until it is done; waits for one for a while.
    synchronized @Nullable Letter first(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (waiting.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        return waiting.values().iterator().next();
    }

    /// It may be put again from now on.
    synchronized void begun(Letter letter) {
        waiting.remove(letter.name());
    }

    /// It was not told: it is the first again, unless another of its name waits.
    synchronized void failed(Letter letter) {
        if (!waiting.containsKey(letter.name())) {
            var others = new LinkedHashMap<>(waiting);
            waiting.clear();
            waiting.put(letter.name(), letter);
            waiting.putAll(others);
        }
    }

    synchronized List<Spool.Line> lines() {
        return waiting.values().stream()
                .map(Letter::line)
                .filter(Objects::nonNull)
                .toList();
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized long lost() {
        return lost;
    }
}
