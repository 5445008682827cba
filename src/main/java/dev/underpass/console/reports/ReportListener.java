package dev.underpass.console.reports;

import dev.underpass.report.NodeReport;
import reactor.core.publisher.Mono;

/// Hears of every report that was taken; the agent is answered when it has done what it does.
@FunctionalInterface
public interface ReportListener {
    Mono<Void> taken(NodeReport report);

    /// Hears of a report that another replica took.
    default void takenElsewhere(NodeReport report) {}
}
