package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.diagnosis.matrix.Cell;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.TargetClass;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The Pods of one cell of the matrix.
public record CellPage(ClientClass row, TargetClass column, Cell cell, List<Member> members) {

    /// One Pod of the row, with what becomes of its connections to the column's targets.
    ///
    /// @param worstPair one of the worst
    public record Member(ClusterView cluster, ObjectName pod, List<Pair> pairs, Pair worstPair) {

        /// A Pod that has any.
        static Optional<Member> of(ClusterView cluster, ObjectName pod, List<Pair> pairs) {
            return pairs.stream().max(Pair.BY_SEVERITY).map(worst -> new Member(cluster, pod, pairs, worst));
        }

        public long count(Fold fold) {
            return pairs.stream().filter(pair -> pair.fold() == fold).count();
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
        var members = row.pods().stream()
                .flatMap(pod -> Member.of(cluster, pod, matrix.pairs(cluster.analysis(), pod, column)).stream())
                .sorted(Comparator.comparingLong((Member member) -> -member.unreachable())
                        .thenComparing(Member::pod))
                .toList();
        return new CellPage(row, column, cell, members);
    }

    public Paging<Member> page(int number) {
        return Paging.of(members, number);
    }

    /// How the trace page takes the worst pair's target.
    public String exampleTarget() {
        return cell.example().to().socket();
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
