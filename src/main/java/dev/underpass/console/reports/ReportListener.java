package dev.underpass.console.reports;

import dev.underpass.report.NodeReport;

/// Hears of every report that was taken.
@FunctionalInterface
public interface ReportListener {
    void taken(NodeReport report);
}
