package dev.underpass.console.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Streams of events that are opened again whenever they break: browsers' or agents'.
final class LoadStreams {

    /// How long to wait before the next attempt.
    @FunctionalInterface
    interface Wait {

        long millis(int failures);
    }

    /// As a page does (`frontend/src/live-stream.ts`): from 1 s on, twice as long each time, up to 2.5 s.
    static final Wait OF_BROWSERS = failures -> byChance(Math.min(2_500, 1_000L << Math.min(failures, 6)));

    /// As the agent does (`agent.Backoff`): twice as long each time, up to 2.5 s.
    static final Wait OF_AGENTS = failures -> byChance(Math.min(2_500, 500L << Math.min(failures, 6)));

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<One> streams;
    private final Queue<Recovery> recoveries = new ConcurrentLinkedQueue<>();
    private volatile boolean ending;

    /// From the break to the first line of the next stream.
    ///
    /// @param answered how long the attempt took that succeeded
    private record Recovery(long millis, long answered, int attempts) {}

    private static final class One {
        private volatile boolean open;
        private volatile long heardAt;
        private long brokenAt;
        private long askedAt;
        private int attempts;
        private @Nullable String lastId;
    }

    LoadStreams(int count, IntFunction<URI> address, Wait wait) {
        streams = Stream.generate(One::new).limit(count).toList();
        IntStream.range(0, count)
                .forEach(i -> Thread.ofVirtual().start(() -> follow(streams.get(i), address.apply(i), wait)));
    }

    private static long byChance(long limit) {
        return limit / 2 + ThreadLocalRandom.current().nextLong(limit / 2 + 1);
    }

    private void follow(One stream, URI address, Wait wait) {
        int failures = 0;
        while (!ending) {
            if (read(stream, address)) {
                failures = 0;
            }
            pause(wait.millis(failures++));
        }
    }

    /// Whether it was open.
    private boolean read(One stream, URI address) {
        var request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        if (stream.lastId != null) {
            request.header("Last-Event-ID", stream.lastId);
        }
        stream.askedAt = System.nanoTime();
        stream.attempts++;
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() == 200) {
                answer.body().forEach(line -> heard(stream, line));
            }
        } catch (IOException | UncheckedIOException _) {
            // Broken.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        boolean was = stream.open;
        if (was) {
            stream.open = false;
            stream.brokenAt = System.nanoTime();
        }
        return was;
    }

    private void heard(One stream, String line) {
        stream.heardAt = System.nanoTime();
        if (!stream.open) {
            stream.open = true;
            if (stream.brokenAt != 0 && !ending) {
                recoveries.add(new Recovery(
                        millis(stream.brokenAt, stream.heardAt),
                        millis(stream.askedAt, stream.heardAt),
                        stream.attempts));
            }
            stream.attempts = 0;
        }
        if (line.startsWith("id:")) {
            stream.lastId = line.substring(3).strip();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many are not open, or have heard nothing for so long.
    long silent(Duration since) {
        long now = System.nanoTime();
        return streams.stream()
                .filter(stream -> !stream.open || now - stream.heardAt > since.toNanos())
                .count();
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    /// How long they were away, and what of that was the answer to the attempt that succeeded.
    String recoveries() {
        var all = List.copyOf(recoveries);
        return all.isEmpty()
                ? "none broke"
                : "%d broke; open again after %s, of which the last attempt %s; at most %d attempts"
                        .formatted(
                                all.size(),
                                Spread.of(all.stream().map(Recovery::millis)),
                                Spread.of(all.stream().map(Recovery::answered)),
                                all.stream().mapToInt(Recovery::attempts).max().orElse(0));
    }

    void end() {
        ending = true;
    }
}
