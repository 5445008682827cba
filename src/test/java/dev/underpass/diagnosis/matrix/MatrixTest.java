package dev.underpass.diagnosis.matrix;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.matrix.TargetClass.Kind;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The matrix of every recorded cluster against the verdicts on its single pairs.
class MatrixTest {

    static List<String> recordings() {
        return Recordings.names();
    }

    private static Map<Disposition, Long> counted(Stream<Verdict> verdicts) {
        return verdicts.collect(groupingBy(Verdict::disposition, TreeMap::new, counting()));
    }

    private static Map<Disposition, Long> added(Matrix matrix, Kind kind) {
        var sum = new TreeMap<Disposition, Long>();
        for (var column : matrix.columns()) {
            if (column.kind() == kind) {
                matrix.rows()
                        .forEach(row -> matrix.cell(row, column)
                                .ifPresent(cell -> cell.counts()
                                        .forEach((disposition, count) -> sum.merge(disposition, count, Long::sum))));
            }
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void countsEveryPairOnce(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));

        var matrix = Matrix.of(analysis);

        assertThat(added(matrix, Kind.SERVICE))
                .isEqualTo(counted(analysis.clients().stream()
                        .flatMap(pod -> analysis.serviceTargets(pod).stream().map(to -> analysis.verdict(pod, to)))));
        assertThat(added(matrix, Kind.POD_IP))
                .isEqualTo(counted(analysis.clients().stream()
                        .flatMap(pod -> analysis.podTargets(pod).stream().map(to -> analysis.verdict(pod, to)))));
        assertThat(matrix.rows().stream().flatMap(row -> row.pods().stream()))
                .containsExactlyInAnyOrderElementsOf(analysis.clients());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void membersOfACellAreItsPairs(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));

        var matrix = Matrix.of(analysis);

        for (var row : matrix.rows()) {
            for (var column : matrix.columns()) {
                var pairs = row.pods().stream()
                        .flatMap(pod -> matrix.pairs(analysis, pod, column).stream())
                        .map(pair -> analysis.verdict(pair.from(), pair.to()));
                assertThat(counted(pairs))
                        .isEqualTo(matrix.cell(row, column).map(Cell::counts).orElse(Map.of()));
            }
        }
    }

    @Test
    void aRouteThatIsGoneMakesAClassOfItsOwn() {
        var analysis = Analysis.of(Recordings.read("hijack-route-deleted"));

        var matrix = Matrix.of(analysis);

        var worst = matrix.rows().getFirst();
        assertThat(worst.pods()).extracting(Object::toString).containsExactly("lab/u1");
        var healthy = matrix.rows().stream()
                .filter(row ->
                        row.pods().stream().anyMatch(pod -> pod.toString().equals("lab/u2")))
                .findFirst()
                .orElseThrow();
        assertThat(matrix.difference(worst, healthy))
                .anyMatch(line -> line.startsWith("+ route 10.233.0.0/18 via NODE-ADDRESS dev veth0"));
        var cell = matrix.cell(worst, matrix.columns().getFirst()).orElseThrow();
        assertThat(cell.worst()).isEqualTo(Fold.UNREACHABLE);
        assertThat(cell.example().code()).isEqualTo("U22");
    }

    @Test
    void noLineHoldsAnAddressThatIsThePodsOwn() {
        var matrix = Matrix.of(Analysis.of(Recordings.read("healthy")));

        assertThat(matrix.rows().stream().flatMap(row -> row.lines().stream()))
                .isNotEmpty()
                .noneMatch(line -> line.startsWith("route6 local fe80:"));
    }

    @Test
    void idsAreTheSameInEveryAnalysis() {
        var one = Matrix.of(Analysis.of(Recordings.read("healthy")));
        var other = Matrix.of(Analysis.of(Recordings.read("healthy")));

        assertThat(one.rows())
                .extracting(ClientClass::id)
                .isEqualTo(other.rows().stream().map(ClientClass::id).toList())
                .doesNotHaveDuplicates();
        assertThat(one.columns())
                .extracting(TargetClass::id)
                .isEqualTo(other.columns().stream().map(TargetClass::id).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void podAddressesBeyondTheLimitAreUndeterminedAndStillCounted() {
        var analysis = Analysis.of(Recordings.read("healthy"));
        long pairs = analysis.clients().stream()
                .mapToLong(pod -> analysis.podTargets(pod).size())
                .sum();

        var matrix = Matrix.of(analysis, ClientClass.all(analysis), 1);

        assertThat(matrix.columns()).noneMatch(column -> column.kind() == Kind.POD_IP);
        assertThat(matrix.count(Kind.POD_IP, Fold.UNDETERMINED))
                .isEqualTo(pairs)
                .isPositive();
        assertThat(matrix.count(Kind.POD_IP, Fold.REACHABLE)).isZero();
    }
}
