package dev.underpass.console.analysis;

import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How old the report of a node is, by the time at which the console took it: nodes' clocks differ.
///
/// @param collectedAt when the agent read it, by the node's clock; absent without a report
/// @param ahead by how much the node's clock was ahead of the console's when the report came, less the time that it
/// took to come; absent where nobody compared them, as of a bundle
public record Freshness(
        State state,
        @Nullable Instant collectedAt,
        long ageSeconds,
        long sequence,
        String agentVersion,
        @Nullable Duration ahead) {

    /// Up to this age a report is as good as new.
    public static final Duration FRESH = Duration.ofSeconds(90);

    /// Beyond this age a report says nothing any more.
    public static final Duration EXPIRED = Duration.ofMinutes(10);

    /// No report at all.
    public static final Freshness MISSING = new Freshness(State.MISSING, null, 0, 0, "", null);

    /// What a report's age makes of it.
    public enum State {
        FRESH,
        STALE,
        /// Too old: verdicts no longer rest on it.
        EXPIRED,
        MISSING,
        /// From a bundle, and no agent sent another one.
        RECORDED;

        /// The word in the API.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Freshness of(NodeReport report, @Nullable Instant receivedAt, Instant now) {
        var since = receivedAt == null ? report.collectedAt() : receivedAt;
        var age = Duration.between(since, now);
        var state = receivedAt == null ? State.RECORDED : state(age);
        return new Freshness(
                state,
                report.collectedAt(),
                Math.max(0, age.toSeconds()),
                report.sequence(),
                report.agentVersion(),
                receivedAt == null ? null : Duration.between(receivedAt, report.collectedAt()));
    }

    /// When the agent read it, to the second; absent without a report.
    public @Nullable Instant readAt() {
        return collectedAt == null ? null : collectedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    private static State state(Duration age) {
        if (age.compareTo(FRESH) <= 0) {
            return State.FRESH;
        }
        return age.compareTo(EXPIRED) <= 0 ? State.STALE : State.EXPIRED;
    }
}
