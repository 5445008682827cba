package dev.underpass.agent;

import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Sends the newest report whenever there is a new one, and now and then without; keeps only the newest.
final class Sender implements Runnable {

    private static final Logger LOG = System.getLogger(Sender.class.getName());

    private final ConsoleClient console;
    private final Duration heartbeat;
    private final InstantSource clock;
    private final Pause pause;
    private final Backoff backoff = new Backoff(new Random(), Backoff.OF_REPORTS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();

    private @Nullable NodeReport newest;
    private boolean sent;
    private String bootId = newBootId();
    private long sequence;

    /// What the console has, and takes changes to.
    private @Nullable NodeReport base;

    private int failures;

    /// Waits between two attempts.
    @FunctionalInterface
    interface Pause {
        void of(Duration wait) throws InterruptedException;
    }

    /// @param clock what reports are dated by; nothing waits by it
    Sender(ConsoleClient console, Duration heartbeat, InstantSource clock, Pause pause) {
        this.clock = clock;
        this.console = console;
        this.heartbeat = heartbeat;
        this.pause = pause;
    }

    /// A newer report; sequence and start are the sender's to give.
    void offer(NodeReport report) {
        lock.lock();
        try {
            newest = report;
            sent = false;
            offered.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                send(awaitNext());
            }
        } catch (InterruptedException _) {
            // The agent stops.
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for a report that was not sent, or until the last one has to be sent again.
    private NodeReport awaitNext() throws InterruptedException {
        lock.lock();
        try {
            long left = heartbeat.toNanos();
            while (newest == null || (sent && left > 0)) {
                left = offered.awaitNanos(newest == null ? heartbeat.toNanos() : left);
            }
            sent = true;
            return newest;
        } finally {
            lock.unlock();
        }
    }

    private void send(NodeReport report) throws InterruptedException {
        try {
            if (failures > 0) {
                // A whole report is dear to put together: not for nobody.
                console.reach();
            }
            var numbered = numbered(report);
            var answer = console.put(packed(numbered));
            if (answer.status() == 204) {
                accepted(numbered, answer);
            } else {
                refused(answer);
            }
        } catch (IOException e) {
            failed("no answer: " + e.getMessage());
        }
    }

    private NodeReport numbered(NodeReport report) {
        sequence++;
        return new NodeReport(
                report.node(),
                sequence,
                bootId,
                report.agentVersion(),
                clock.instant(),
                report.host(),
                report.pods(),
                report.probes());
    }

    private byte[] packed(NodeReport report) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes, 1 << 13)) {
            ReportWriter.changes(report, base, gzip);
        }
        return bytes.toByteArray();
    }

    private void accepted(NodeReport report, ConsoleClient.Answer answer) {
        if (failures > 0 || base == null) {
            LOG.log(Level.INFO, "The console takes reports (after {0} failures)", failures);
        }
        failures = 0;
        backoff.reset();
        base = answer.changes() ? report : null;
    }

    /// No secret: `SecureRandom` would keep the tables of all algorithms in memory.
    static String newBootId() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void refused(ConsoleClient.Answer answer) throws InterruptedException {
        if (answer.status() == 409 && base != null) {
            // The console was restarted, or another one answers: it lacks what the changes were to.
            base = null;
            again();
            return;
        }
        if (answer.status() == 409) {
            // Somebody else reports for this node, or an answer was lost: a new start is never older.
            bootId = newBootId();
            sequence = 0;
        }
        failed("status %d %s".formatted(answer.status(), answer.body().strip()));
    }

    private void failed(String reason) throws InterruptedException {
        base = null;
        failures++;
        var wait = backoff.next();
        LOG.log(
                failures == 1 ? Level.WARNING : Level.DEBUG,
                "The console does not take reports: {0}; next attempt in {1} ms",
                reason,
                wait.toMillis());
        pause.of(wait);
        again();
    }

    /// The newest report has not arrived.
    private void again() {
        lock.lock();
        try {
            sent = false;
        } finally {
            lock.unlock();
        }
    }
}
