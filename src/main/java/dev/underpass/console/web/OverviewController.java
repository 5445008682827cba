package dev.underpass.console.web;

import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.Freshness.State;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Pair;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The first page: is anything wrong?
@Controller
class OverviewController {

    private static final int FINDINGS = 6;

    private static final int CHANGES = 5;

    private static final int REPORTS = 20;

    private final CurrentAnalysis analysis;
    private final ChangeList changes;
    private final Mutes mutes;

    OverviewController(CurrentAnalysis analysis, ChangeList changes, Mutes mutes) {
        this.analysis = analysis;
        this.changes = changes;
        this.mutes = mutes;
    }

    @GetMapping("/")
    Mono<Rendering> overview() {
        return analysis.current()
                .map(cluster -> Rendering.view("overview")
                        .modelAttribute("page", OverviewPage.of(cluster, mutes))
                        .modelAttribute(
                                "changes",
                                changes.newestFirst().stream()
                                        .filter(change -> !cluster.recorded()
                                                || !change.at().isAfter(cluster.knownAt()))
                                        .limit(CHANGES)
                                        .toList())
                        .build());
    }

    /// What the page shows.
    ///
    /// @param findings but for muted ones
    /// @param examplePod a Pod with trouble, for the form
    /// @param exampleTarget what that Pod cannot reach
    /// @param state of the pools, the evidence and the restarts that are due
    record OverviewPage(
            List<Finding> findings,
            int moreFindings,
            long reachable,
            long unreachable,
            long undetermined,
            Map<String, Long> attachments,
            int services,
            List<ReportRow> reports,
            int moreReports,
            String examplePod,
            String exampleTarget,
            OverviewState state) {

        static OverviewPage of(ClusterView cluster, Mutes mutes) {
            var pairs = cluster.pairs();
            var heard = cluster.findings().stream()
                    .filter(finding -> !mutes.isMuted(finding))
                    .toList();
            var snapshot = cluster.analysis().snapshot();
            var example = example(cluster);
            return new OverviewPage(
                    heard.stream().limit(FINDINGS).toList(),
                    Math.max(0, heard.size() - FINDINGS),
                    pairs.getOrDefault(Fold.REACHABLE, 0L),
                    pairs.getOrDefault(Fold.UNREACHABLE, 0L),
                    pairs.getOrDefault(Fold.UNDETERMINED, 0L),
                    cluster.attachments(),
                    snapshot.services().size(),
                    reports(cluster),
                    Math.max(0, snapshot.nodes().size() - REPORTS),
                    example.map(verdict -> verdict.from().toString()).orElse(""),
                    example.map(verdict ->
                                    verdict.to().service() + ":" + verdict.to().port())
                            .orElse(""),
                    OverviewState.of(cluster));
        }

        /// All nodes where they are few; else those first whose report is not fresh.
        private static List<ReportRow> reports(ClusterView cluster) {
            var nodes = cluster.analysis().snapshot().nodes();
            var first = nodes.size() <= REPORTS
                    ? nodes.stream()
                    : nodes.stream().sorted(Comparator.comparing(node -> isFresh(cluster, node)));
            return first.limit(REPORTS).map(node -> ReportRow.of(cluster, node)).toList();
        }

        private static boolean isFresh(ClusterView cluster, Node node) {
            var state = cluster.freshness(node.name()).state();
            return state == State.FRESH || state == State.RECORDED;
        }

        /// A pair that fails for the most urgent reason, from a Pod that it concerns.
        private static Optional<Pair> example(ClusterView cluster) {
            return cluster.findings().stream()
                    .flatMap(finding -> finding.affected().pods().stream()
                            .flatMap(pod -> failing(cluster, pod))
                            .filter(pair -> finding.code().equals(pair.outcome().code())))
                    .findFirst()
                    .or(() -> cluster.pods().stream()
                            .flatMap(pod -> failing(cluster, pod.name()))
                            .findFirst());
        }

        private static Stream<Pair> failing(ClusterView cluster, ObjectName pod) {
            boolean fails = cluster.pod(pod).stream().anyMatch(each -> each.worst() == Fold.UNREACHABLE);
            return !fails
                    ? Stream.empty()
                    : cluster.pairs(pod).stream()
                            .filter(pair -> pair.outcome().disposition().fold() == Fold.UNREACHABLE);
        }

        public long pairs() {
            return reachable + unreachable + undetermined;
        }

        /// A part of all pairs, in hundredths, for the bar.
        public double share(long part) {
            return pairs() == 0 ? 0 : 100.0 * part / pairs();
        }
    }

    /// A node, and how many Pods its report has.
    record ReportRow(NodeName name, int pods) {

        static ReportRow of(ClusterView cluster, Node node) {
            var report = cluster.analysis().snapshot().reports().get(node.name());
            return new ReportRow(node.name(), report == null ? 0 : report.pods().size());
        }

        public String node() {
            return name.value();
        }
    }
}
