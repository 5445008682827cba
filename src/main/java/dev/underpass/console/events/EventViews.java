package dev.underpass.console.events;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.view.Counts;
import dev.underpass.diagnosis.Finding;
import dev.underpass.report.NodeReport;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What events carry, as JSON.
final class EventViews {

    private EventViews() {}

    /// The sums of a new analysis.
    ///
    /// @param pairs how many pairs of a Pod and a Service port are `reachable`, `unreachable`, `undetermined`
    /// @param findings how many there are by severity
    record AnalysisEvent(int nodes, int pods, int services, Map<String, Long> pairs, Map<String, Long> findings) {

        static AnalysisEvent of(ClusterView cluster) {
            var snapshot = cluster.analysis().snapshot();
            return new AnalysisEvent(
                    snapshot.nodes().size(),
                    cluster.pods().size(),
                    snapshot.services().size(),
                    Counts.byWord(cluster.pairs()),
                    Counts.byWord(cluster.severities()));
        }
    }

    /// A finding that came, went, or hits something else than before.
    ///
    /// @param change `new`, `resolved` or `changed`
    record FindingEvent(String change, String code, String severity, String title, int pods, int services, int nodes) {

        private static FindingEvent of(String change, Finding finding) {
            var affected = finding.affected();
            return new FindingEvent(
                    change,
                    finding.code(),
                    word(finding.severity()),
                    finding.title(),
                    affected.pods().size(),
                    affected.services().size(),
                    affected.nodes().size());
        }

        /// What lies between two states, each by code, title and first thing affected.
        static Stream<FindingEvent> between(Map<String, Finding> before, Map<String, Finding> after) {
            var came = after.entrySet().stream()
                    .filter(each -> !Objects.equals(before.get(each.getKey()), each.getValue()))
                    .map(each -> of(before.containsKey(each.getKey()) ? "changed" : "new", each.getValue()));
            var went = before.entrySet().stream()
                    .filter(each -> !after.containsKey(each.getKey()))
                    .map(each -> of("resolved", each.getValue()));
            return Stream.concat(came, went);
        }
    }

    /// The findings by what makes them the same one later; equal ones are numbered.
    static Map<String, Finding> byIdentity(ClusterView cluster) {
        var findings = new java.util.LinkedHashMap<String, Finding>();
        for (var finding : cluster.findings()) {
            var key = finding.code() + " " + finding.summary();
            for (int i = 2; findings.containsKey(key); i++) {
                key = finding.code() + " " + finding.summary() + " " + i;
            }
            findings.put(key, finding);
        }
        return findings;
    }

    /// A report that was taken.
    record ReportEvent(String node, Instant collectedAt, long sequence, int pods) {

        static ReportEvent of(NodeReport report) {
            return new ReportEvent(
                    report.node(),
                    report.collectedAt(),
                    report.sequence(),
                    report.pods().size());
        }
    }

    /// The console stops.
    record ShutdownEvent(String reason) {}

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
