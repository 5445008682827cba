package dev.underpass.console;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Reports of recorded nodes, as if their agents sent them again.
public final class Reported {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Reported() {}

    /// Has the console take a report as one that was made at that time, and waits until it knows it.
    public static void at(Instant time, NodeReport report, CurrentAnalysis analysis) {
        long number = time.getEpochSecond();
        analysis.accept(
                new NodeReport(
                        report.node(),
                        number,
                        report.bootId(),
                        report.agentVersion(),
                        time,
                        report.host(),
                        report.pods(),
                        List.of()),
                time);
        analysis.snapshots()
                .filter(each -> {
                    var held = each.reports().get(new NodeName(report.node()));
                    return held != null && held.sequence() == number;
                })
                .blockFirst(PATIENCE);
    }
}
