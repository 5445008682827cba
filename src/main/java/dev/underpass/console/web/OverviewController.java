package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Pair;
import dev.underpass.reachability.Disposition.Fold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /// So many Pods of a finding are looked at for a trace that shows it.
    private static final int ASKED = 20;

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
    /// @param reports of all nodes, those together whose reports are of one state
    /// @param explained the address of one trace that shows a finding, of those that a trace shows
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
            List<Reported> reports,
            Map<Finding, String> explained,
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
            var shown = heard.stream().limit(FINDINGS).toList();
            return new OverviewPage(
                    shown,
                    Math.max(0, heard.size() - FINDINGS),
                    pairs.getOrDefault(Fold.REACHABLE, 0L),
                    pairs.getOrDefault(Fold.UNREACHABLE, 0L),
                    pairs.getOrDefault(Fold.UNDETERMINED, 0L),
                    cluster.attachments(),
                    snapshot.services().size(),
                    Reported.all(cluster),
                    explained(cluster, shown),
                    example.map(verdict -> verdict.from().toString()).orElse(""),
                    example.map(verdict ->
                                    verdict.to().service() + ":" + verdict.to().port())
                            .orElse(""),
                    OverviewState.of(cluster));
        }

        private static Map<Finding, String> explained(ClusterView cluster, List<Finding> findings) {
            var addresses = new HashMap<Finding, String>();
            for (var finding : findings) {
                showing(cluster, finding)
                        .ifPresent(pair -> addresses.put(
                                finding,
                                "/trace?from=%s&to=%s"
                                        .formatted(pair.from(), pair.to().written())));
            }
            return addresses;
        }

        /// A pair that fails for this reason. Only so many Pods are asked as do not hold the page up.
        private static Optional<Pair> showing(ClusterView cluster, Finding finding) {
            return finding.affected().pods().stream()
                    .limit(ASKED)
                    .flatMap(pod -> failing(cluster, pod))
                    .filter(pair -> finding.code().equals(pair.outcome().code()))
                    .findFirst();
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

        /// The query that finds the Pods of an attachment and no others: `overlay` alone finds `overlay+macvlan` too.
        public String podsOf(String attachment) {
            return attachments.keySet().stream()
                    .filter(other -> other.contains(attachment) && !other.equals(attachment))
                    .map(other -> " -attachment:" + other)
                    .sorted()
                    .collect(Collectors.joining("", "attachment:" + attachment, ""));
        }

        public long pairs() {
            return reachable + unreachable + undetermined;
        }

        /// A part of all pairs, in hundredths, for the bar.
        public double share(long part) {
            return pairs() == 0 ? 0 : 100.0 * part / pairs();
        }
    }
}
