package dev.underpass.console.store;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the store answers.
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final Clock clock;
    private @Nullable Away away;
    private boolean fails;

    /// Since when it does not, and why.
    record Away(Instant since, String reason) {}

    Presence(Clock clock) {
        this.clock = clock;
        this.away = new Away(clock.instant(), "it has not answered yet");
    }

    synchronized void answered() {
        if (away != null) {
            LOG.info("The store answers");
        }
        away = null;
        fails = false;
    }

    synchronized void failed(RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (away == null) {
            LOG.warn("The store does not answer; the console goes on with what it has: {}", cause.getMessage());
        }
        var since = away == null ? clock.instant() : away.since();
        away = new Away(since, String.valueOf(cause.getMessage()));
        fails = true;
    }

    /// Whether the last thing that is known of it is that it does not answer.
    synchronized boolean fails() {
        return fails;
    }

    synchronized @Nullable Away away() {
        return away;
    }
}
