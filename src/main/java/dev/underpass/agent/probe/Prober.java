package dev.underpass.agent.probe;

import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.report.ProbeResult;
import dev.underpass.report.ProbeResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs probes: few at a time, at a limited rate, none after it was closed.
public final class Prober implements AutoCloseable {

    /// What somebody wants to know.
    ///
    /// @param id names the request in its results
    /// @param path the Pod's network namespace
    /// @param sizeBytes how large a packet must pass without fragments; null where it does not matter
    public record Request(
            String id,
            String podNamespace,
            String podName,
            Path path,
            List<Target> targets,
            Duration timeout,
            @Nullable Integer sizeBytes) {
        public Request {
            targets = List.copyOf(targets);
        }
    }

    private static final int AT_ONCE = 8;
    private static final int WAITING = 512;
    private static final int PER_SECOND = 50;
    private static final int ATTEMPTS = 2;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final NamespaceThread thread;
    private final Consumer<ProbeResult> results;
    private final Semaphore rate = new Semaphore(1, true);
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("probe-", 0).daemon().factory());

    /// @param results takes them on the prober's threads
    public Prober(NamespaceThread thread, Consumer<ProbeResult> results) {
        this.thread = thread;
        this.results = results;
        executor.allowCoreThreadTimeOut(true);
    }

    /// Starts the probes; one that there is no room for has an error for its result.
    public void start(Request request) {
        for (var target : request.targets()) {
            try {
                executor.execute(() -> probe(request, target));
            } catch (RejectedExecutionException _) {
                results.accept(
                        result(request, target, new Probe.Result(Outcome.ERROR, 0, "too many probes are waiting"), 0));
            }
        }
    }

    private void probe(Request request, Target target) {
        try {
            var timeout = request.timeout().compareTo(LONGEST) > 0 ? LONGEST : request.timeout();
            int attempts = 0;
            Probe.Result result;
            do {
                pace();
                result = Probe.once(thread, request.path(), target, timeout, request.sizeBytes());
                attempts++;
            } while (result.outcome() == Outcome.TIMEOUT && attempts < ATTEMPTS);
            results.accept(result(request, target, result, attempts));
        } catch (InterruptedException _) {
            // The agent stops: there is nobody left to tell.
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalArgumentException e) {
            var error = new Probe.Result(Outcome.ERROR, 0, String.valueOf(e.getMessage()));
            results.accept(result(request, target, error, 1));
        }
    }

    /// At most so many connections per second, of all threads together.
    private void pace() throws InterruptedException {
        rate.acquire();
        try {
            Thread.sleep(1000 / PER_SECOND);
        } finally {
            rate.release();
        }
    }

    private static ProbeResult result(Request request, Target target, Probe.Result result, int attempts) {
        return new ProbeResult(
                request.podNamespace(),
                request.podName(),
                target.address(),
                target.port(),
                target.protocol(),
                target.service(),
                result.outcome(),
                result.rttMicros(),
                attempts,
                result.detail(),
                Instant.now(),
                request.id());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
