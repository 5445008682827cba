package dev.underpass.diagnosis;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Less evidence makes no answer wrong: in every recorded cluster the reports of nodes and Pods are taken away, one at
/// a
/// time, and what is still called reachable or unreachable is held against what real packets did.
class MissingEvidenceTest {

    private static final int SOME = 5;

    static Stream<String> recordings() {
        return Recordings.names().stream();
    }

    /// One in five: each Pod of all of them would take minutes.
    static Stream<String> someRecordings() {
        var names = Recordings.names();
        return IntStream.iterate(0, i -> i < names.size(), i -> i + SOME).mapToObj(names::get);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aNodeWithoutReport(String name) {
        var snapshot = Recordings.read(name);
        var wrong = new ArrayList<String>();
        for (var node : snapshot.reports().keySet()) {
            var reports = new HashMap<>(snapshot.reports());
            reports.remove(node);
            wrong.addAll(wrong(name, "no report of " + node, snapshot.withReports(reports)));
        }
        assertThat(wrong).isEmpty();
    }

    /// Whatever is found without a node's report is found with it as well, but for what says that it is missing.
    @ParameterizedTest
    @MethodSource("recordings")
    void noFindingRestsOnWhatIsMissing(String name) {
        var snapshot = Recordings.read(name);
        var found = codes(snapshot);
        for (var node : snapshot.reports().keySet()) {
            var reports = new HashMap<>(snapshot.reports());
            reports.remove(node);
            var left = codes(snapshot.withReports(reports));
            left.removeAll(found);
            left.remove("U93");
            assertThat(left).as("without the report of " + node).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("someRecordings")
    void noFindingRestsOnAPodThatIsMissing(String name) {
        var snapshot = Recordings.read(name);
        var found = codes(snapshot);
        found.add("U93");
        snapshot.reports()
                .forEach((node, report) -> report.pods().forEach(pod -> {
                    for (var change : List.<Function<PodReport, Optional<PodReport>>>of(
                            _ -> Optional.empty(), MissingEvidenceTest::unread)) {
                        var reports = new HashMap<>(snapshot.reports());
                        reports.put(node, without(report, pod, change));
                        assertThat(codes(snapshot.withReports(reports)))
                                .as("without " + pod.name())
                                .isSubsetOf(found);
                    }
                }));
    }

    private static Set<String> codes(ClusterSnapshot snapshot) {
        return Analysis.of(snapshot).findings().stream().map(Finding::code).collect(toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("someRecordings")
    void aPodThatIsNotReported(String name) {
        assertThat(wrongWithout(name, _ -> Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("someRecordings")
    void aPodThatCouldNotBeRead(String name) {
        assertThat(wrongWithout(name, MissingEvidenceTest::unread)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.underpass.diagnosis.Blinded#sections")
    void aPodOfWhichASectionIsMissing(String section) {
        assertThat(wrongWithout("healthy", pod -> Optional.of(Blinded.without(pod, section))))
                .isEmpty();
        assertThat(wrongWithout("hijack-route-deleted", pod -> Optional.of(Blinded.without(pod, section))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.underpass.diagnosis.Blinded#sections")
    void aNodeOfWhichASectionIsMissing(String section) {
        someRecordings().forEach(name -> {
            var snapshot = Recordings.read(name);
            snapshot.reports().forEach((node, report) -> {
                var reports = new HashMap<>(snapshot.reports());
                reports.put(node, Blinded.withoutOfNode(report, section));
                assertThat(wrong(name, node + " without " + section, snapshot.withReports(reports)))
                        .as(name)
                        .isEmpty();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("dev.underpass.diagnosis.Blinded#sections")
    void noFindingRestsOnASectionThatIsMissing(String section) {
        someRecordings().forEach(name -> {
            var snapshot = Recordings.read(name);
            var found = codes(snapshot);
            found.add("U93");
            snapshot.reports().forEach((node, report) -> {
                var reports = new HashMap<>(snapshot.reports());
                reports.put(node, Blinded.withoutOfNode(report, section));
                assertThat(codes(snapshot.withReports(reports)))
                        .as("%s, %s", name, node)
                        .isSubsetOf(found);
            });
        });
    }

    /// Otherwise the tests above would hold for an engine that never commits itself.
    @Test
    void whatDoesNotNeedTheMissingNodeIsStillJudged() {
        var snapshot = Recordings.read("healthy");
        var reports = new HashMap<>(snapshot.reports());
        reports.remove(new NodeName("node2"));
        var analysis = Analysis.of(snapshot.withReports(reports));

        long judged = pairs("healthy").stream()
                .filter(pair -> fold(analysis, pair) != Fold.UNDETERMINED)
                .count();
        assertThat(judged).isPositive();
    }

    private static Optional<PodReport> unread(PodReport pod) {
        return Optional.of(new PodReport(
                pod.namespace(), pod.name(), pod.uid(), pod.netns(), "EACCES", NamespaceReport.NOT_OBSERVED));
    }

    /// @param change what is left of a Pod
    private static List<String> wrongWithout(String name, Function<PodReport, Optional<PodReport>> change) {
        var snapshot = Recordings.read(name);
        var wrong = new ArrayList<String>();
        snapshot.reports()
                .forEach((node, report) -> report.pods().forEach(pod -> {
                    var reports = new HashMap<>(snapshot.reports());
                    reports.put(node, without(report, pod, change));
                    wrong.addAll(wrong(name, "without " + pod.name(), snapshot.withReports(reports)));
                }));
        return wrong;
    }

    private static NodeReport without(
            NodeReport report, PodReport pod, Function<PodReport, Optional<PodReport>> change) {
        return report.withPods(report.pods().stream()
                .flatMap(each -> each.equals(pod) ? change.apply(each).stream() : Stream.of(each))
                .toList());
    }

    private static List<JsonNode> pairs(String name) {
        var pairs = new ArrayList<JsonNode>();
        Recordings.truth(name).get("pairs").forEach(pairs::add);
        return pairs;
    }

    private static Fold fold(Analysis analysis, JsonNode pair) {
        return verdict(analysis, pair).disposition().fold();
    }

    private static Verdict verdict(Analysis analysis, JsonNode pair) {
        var to = pair.get("to");
        var target = analysis.target(
                IpAddress.parse(to.get("address").asString()), to.get("port").asInt(), Protocol.TCP);
        return analysis.verdict(ObjectName.parse(pair.get("from").asString()), target);
    }

    private static List<String> wrong(String name, String missing, ClusterSnapshot left) {
        var analysis = Analysis.of(left);
        var clients = analysis.clients();
        var wrong = new ArrayList<String>();
        for (var pair : pairs(name)) {
            if (!clients.contains(ObjectName.parse(pair.get("from").asString()))) {
                continue;
            }
            var verdict = verdict(analysis, pair);
            var fold = verdict.disposition().fold();
            boolean connected = pair.get("outcome").asString().equals("ok");
            if (fold != Fold.UNDETERMINED && (fold == Fold.REACHABLE) != connected) {
                wrong.add("%s, %s -> %s:%s: packets said %s, we say %s"
                        .formatted(
                                missing,
                                pair.get("from").asString(),
                                pair.get("to").get("address").asString(),
                                pair.get("to").get("port"),
                                pair.get("outcome").asString(),
                                verdict.summary()));
            }
        }
        return wrong;
    }
}
