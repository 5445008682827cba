package dev.underpass.console.view;

import dev.underpass.console.analysis.Freshness;
import org.jspecify.annotations.Nullable;

/// How fresh a node's report is.
///
/// @param state `fresh`, `stale`, `expired`, `missing` or `recorded`
/// @param ageSeconds by the console's clock; absent without a report
public record ReportView(
        String state,
        @Nullable String collectedAt,
        @Nullable Long ageSeconds,
        @Nullable Long sequence,
        @Nullable String agentVersion) {

    public static ReportView of(Freshness freshness) {
        if (freshness.collectedAt() == null) {
            return new ReportView(freshness.state().toString(), null, null, null, null);
        }
        return new ReportView(
                freshness.state().toString(),
                freshness.collectedAt().toString(),
                freshness.ageSeconds(),
                freshness.sequence(),
                freshness.agentVersion());
    }
}
