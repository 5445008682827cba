package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Affected;
import dev.underpass.report.HostReport;
import dev.underpass.report.NodeReport;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingDatesTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final String SLICES = "endpointslices.discovery.k8s.io";

    private final FindingDates dates = new FindingDates();

    private static ClusterSnapshot seeing(String... nodes) {
        var reports = Arrays.stream(nodes)
                .collect(Collectors.toMap(
                        NodeName::new,
                        node -> new NodeReport(
                                node, 1, "b", "1", START, HostReport.NOT_OBSERVED, List.of(), List.of())));
        return new ClusterObjects().snapshot("c", START, "", Fabric.ASSUMED).withReports(reports);
    }

    private static Finding finding(String code, Finding.Kind kind) {
        return new Finding(
                code,
                Finding.Severity.WARNING,
                kind,
                "t",
                Sentence.line("s"),
                "r",
                List.of(),
                new Affected(List.of(), List.of(), List.of()),
                null);
    }

    private @Nullable Instant since(int second, ClusterSnapshot snapshot, String... codes) {
        return since(second, snapshot, Finding.Kind.FAULT, codes);
    }

    /// The date of the first of the findings that an analysis has; null where it has none, too.
    private @Nullable Instant since(int second, ClusterSnapshot snapshot, Finding.Kind kind, String... codes) {
        var findings = Arrays.stream(codes).map(code -> finding(code, kind)).toList();
        var dated = dates.dated(second, snapshot, findings, START.plusSeconds(second));
        return dated.isEmpty() ? null : dated.getFirst().since();
    }

    @Test
    void whatWasThereAtFirstHasNoDate() {
        assertThat(since(1, seeing("n1"), "U22")).isNull();
        assertThat(since(2, seeing("n1"), "U22")).isNull();
    }

    @Test
    void whatCameWhileTheConsoleLookedHasOneAndKeepsIt() {
        since(1, seeing("n1"));

        assertThat(since(2, seeing("n1"), "U22")).isEqualTo(START.plusSeconds(2));
        assertThat(since(3, seeing("n1", "n2"), "U22")).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void whatWasOnlyNotSeenBeforeHasNone() {
        since(1, seeing("n1"));
        assertThat(since(2, seeing("n1", "n2"), "U22")).isNull();

        since(3, seeing("n1").withUnobserved(Set.of(SLICES)));
        assertThat(since(4, seeing("n1"), "U73")).isNull();
    }

    @Test
    void whatComesAgainBeginsAgain() {
        since(1, seeing("n1"));
        since(2, seeing("n1"), "U22");
        since(3, seeing("n1"));

        assertThat(since(4, seeing("n1"), "U22")).isEqualTo(START.plusSeconds(4));
    }

    @Test
    void whatIsOnlyOutOfSightKeepsItsDate() {
        since(1, seeing("n1", "n2"));
        since(2, seeing("n1", "n2"), "U22");
        since(3, seeing("n1"));
        since(4, seeing("n1"));

        assertThat(since(5, seeing("n1", "n2"), "U22")).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void aLimitationThatBecomesAFaultIsAnother() {
        since(1, seeing("n1"));
        since(2, seeing("n1"), Finding.Kind.LIMITATION, "U70");

        assertThat(since(3, seeing("n1"), Finding.Kind.FAULT, "U70")).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void anAnalysisThatIsDoneLateChangesNothing() {
        since(1, seeing("n1"));
        since(3, seeing("n1"), "U22");

        assertThat(since(2, seeing("n1"))).isNull();
        assertThat(since(4, seeing("n1"), "U22")).isEqualTo(START.plusSeconds(3));
    }
}
