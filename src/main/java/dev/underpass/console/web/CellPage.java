package dev.underpass.console.web;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.matrix.Cell;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.TargetClass;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Pods of one cell of the matrix.
///
/// @param names what tells the row apart from others that are attached alike
public record CellPage(ClientClass row, MatrixNames names, TargetClass column, Cell cell, List<Member> members) {

    /// One Pod of the row, with what becomes of its connections to the column's targets.
    ///
    /// @param worstPair one of the worst
    public record Member(ClusterView cluster, ObjectName pod, Map<Fold, Long> counts, Pair worstPair) {

        /// A Pod that has any.
        static Optional<Member> of(ClusterView cluster, ObjectName pod, List<Pair> pairs) {
            var counts = pairs.stream().collect(groupingBy(Pair::fold, counting()));
            return pairs.stream().max(Pair.BY_SEVERITY).map(worst -> new Member(cluster, pod, counts, worst));
        }

        /// A Pod whose connections end like this one's.
        private Member like(ObjectName other) {
            return new Member(cluster, other, counts, new Pair(other, worstPair.to(), worstPair.outcome()));
        }

        public long count(Fold fold) {
            return counts.getOrDefault(fold, 0L);
        }

        public Verdict worst() {
            return cluster.verdict(worstPair);
        }

        public long reachable() {
            return count(Fold.REACHABLE);
        }

        public long unreachable() {
            return count(Fold.UNREACHABLE);
        }

        public long undetermined() {
            return count(Fold.UNDETERMINED);
        }
    }

    static CellPage of(ClusterView cluster, String rowId, String columnId) {
        var matrix = cluster.matrix();
        var row = ReachabilityPage.row(matrix, rowId);
        var column = matrix.column(columnId)
                .orElseThrow(() -> new NotFoundException(Phrases.NO_TARGET_CLASS.with(columnId)));
        var cell = matrix.cell(row, column).orElseThrow(() -> new NotFoundException(Phrases.NO_CELL.with()));
        var known = new HashMap<ObjectName, Optional<Member>>();
        var members = row.pods().stream()
                .flatMap(pod -> known
                        .computeIfAbsent(
                                cluster.analysis().standIn(pod),
                                one -> Member.of(cluster, one, matrix.pairs(cluster.analysis(), one, column)))
                        .map(member -> member.like(pod))
                        .stream())
                .sorted(Comparator.comparingLong((Member member) -> -member.unreachable())
                        .thenComparing(Member::pod))
                .toList();
        return new CellPage(row, new MatrixNames(matrix.rows()), column, cell, members);
    }

    /// How its pairs end, the most frequent first.
    public List<Map.Entry<Disposition, Long>> ends() {
        return cell.counts().entrySet().stream()
                .sorted(Map.Entry.<Disposition, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    public Paging<Member> page(int number) {
        return Paging.of(members, number);
    }

    /// How the trace page takes the worst pair's target.
    public String exampleTarget() {
        return cell.example().to().written();
    }

    /// One line for each Pod.
    String csv() {
        var text = new StringBuilder("pod,reachable,unreachable,undetermined,worst,code,summary\r\n");
        for (var member : members) {
            var worst = member.worst();
            var fields = List.of(
                    member.pod().toString(),
                    Long.toString(member.reachable()),
                    Long.toString(member.unreachable()),
                    Long.toString(member.undetermined()),
                    worst.disposition().name(),
                    worst.code() == null ? "" : worst.code(),
                    worst.summary().toString());
            text.append(String.join(",", fields.stream().map(CellPage::field).toList()))
                    .append("\r\n");
        }
        return text.toString();
    }

    /// A field that no spreadsheet takes for a formula.
    static String field(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
