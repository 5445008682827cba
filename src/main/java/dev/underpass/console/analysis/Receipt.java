package dev.underpass.console.analysis;

import dev.underpass.report.NodeReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A node's newest report, and when it came.
///
/// @param receivedAt by the console's clock; absent for a report that a bundle recorded
record Receipt(NodeReport report, @Nullable Instant receivedAt) {

    Freshness freshness(Instant now) {
        return Freshness.of(report, receivedAt, now);
    }

    boolean expired(Instant now) {
        return freshness(now).state() == Freshness.State.EXPIRED;
    }
}
