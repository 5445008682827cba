package dev.underpass.diagnosis.matrix;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.matrix.TargetClass.Kind;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.reachability.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All pairs of a client Pod and a target, by their classes: every pair is counted once, in one cell or among those
/// that are not judged.
///
/// @param rows the classes of clients, those with the most broken pairs first
/// @param columns the classes of targets, Services first, those with the most broken pairs first
/// @param notJudged what is counted only
public record Matrix(
        List<ClientClass> rows, List<TargetClass> columns, Map<At, Cell> cells, List<NotJudged> notJudged) {

    /// So many pairs of a Pod and an endpoint's address are followed at most.
    static final long POD_ADDRESS_LIMIT = 100_000;

    public Matrix {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        cells = Map.copyOf(cells);
        notJudged = List.copyOf(notJudged);
    }

    /// Where a cell is, by the ids of its row and column.
    public record At(String row, String column) {}

    public static Matrix of(Analysis analysis) {
        return of(analysis, ClientClass.all(analysis));
    }

    /// The same, where the classes of clients are known already.
    public static Matrix of(Analysis analysis, List<ClientClass> clients) {
        return of(analysis, clients, POD_ADDRESS_LIMIT);
    }

    static Matrix of(Analysis analysis, List<ClientClass> clients, long limit) {
        var targets = new TargetClasses(analysis);
        boolean podAddresses = NotJudged.podAddressPairs(analysis) <= limit;
        var tallies = new HashMap<At, Cell.Tally>();
        var ids = new HashMap<Target, String>();
        for (var row : clients) {
            for (var alike : row.alike(analysis)) {
                var pod = alike.getFirst();
                var asked = new ArrayList<>(analysis.serviceTargets(pod));
                asked.addAll(podAddresses ? analysis.podTargets(pod) : List.of());
                asked.forEach(target -> {
                    var pair = new Pair(pod, target, analysis.outcome(pod, target));
                    var at = new At(
                            row.id(),
                            ids.computeIfAbsent(
                                    target, each -> targets.keyOf(each).id()));
                    tallies.computeIfAbsent(at, key -> new Cell.Tally(pair)).add(pair, alike.size());
                });
            }
        }
        var cells = new HashMap<At, Cell>();
        tallies.forEach((at, tally) -> cells.put(at, tally.cell(analysis)));
        return sorted(clients, targets.classes(), cells, notJudged(analysis, podAddresses, limit));
    }

    private static List<NotJudged> notJudged(Analysis analysis, boolean podAddresses, long limit) {
        var left = new ArrayList<NotJudged>();
        if (!podAddresses) {
            left.add(NotJudged.podAddresses(analysis, limit));
        }
        left.add(NotJudged.nodePorts(analysis));
        return left.stream().filter(each -> each.pairs() > 0).toList();
    }

    private static Matrix sorted(
            List<ClientClass> rows, List<TargetClass> columns, Map<At, Cell> cells, List<NotJudged> notJudged) {
        var plain = new Matrix(rows, columns, cells, notJudged);
        Comparator<ClientClass> byRow = Comparator.comparingLong(row -> -plain.broken(row));
        Comparator<TargetClass> byKind = Comparator.comparing(TargetClass::kind);
        return new Matrix(
                rows.stream()
                        .sorted(byRow.thenComparing(ClientClass::attachment).thenComparing(ClientClass::id))
                        .toList(),
                columns.stream()
                        .sorted(byKind.thenComparingLong(column -> -plain.broken(column))
                                .thenComparing(TargetClass::id))
                        .toList(),
                cells,
                notJudged);
    }

    public Optional<ClientClass> row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    public Optional<TargetClass> column(String id) {
        return columns.stream().filter(column -> column.id().equals(id)).findFirst();
    }

    /// The pairs of a row and a column; empty where nobody of the row has an address of the column's family.
    public Optional<Cell> cell(ClientClass row, TargetClass column) {
        return Optional.ofNullable(cells.get(new At(row.id(), column.id())));
    }

    /// How many of a row's pairs are broken.
    public long broken(ClientClass row) {
        return sum(
                columns.stream().flatMap(column -> cell(row, column).stream()).toList(), Fold.UNREACHABLE);
    }

    /// How many of a column's pairs are broken.
    public long broken(TargetClass column) {
        return sum(rows.stream().flatMap(row -> cell(row, column).stream()).toList(), Fold.UNREACHABLE);
    }

    /// How many pairs of a kind have an answer, those that are not judged among the undetermined.
    public long count(Kind kind, Fold fold) {
        var judged = columns.stream()
                .filter(column -> column.kind() == kind)
                .flatMap(column -> rows.stream().flatMap(row -> cell(row, column).stream()))
                .toList();
        long others = notJudged.stream()
                .filter(each -> each.kind() == kind && fold == Fold.UNDETERMINED)
                .mapToLong(NotJudged::pairs)
                .sum();
        return sum(judged, fold) + others;
    }

    private static long sum(List<Cell> cells, Fold fold) {
        return cells.stream().mapToLong(cell -> cell.count(fold)).sum();
    }

    /// What tells two classes of clients apart: lines of the first (`-`) and of the second (`+`).
    public List<String> difference(ClientClass one, ClientClass other) {
        return ClientClasses.difference(one, other);
    }

    /// What becomes of one Pod's connections to a column's targets.
    public List<Pair> pairs(Analysis analysis, ObjectName pod, TargetClass column) {
        return column.targets().stream()
                .filter(target -> analysis.speaks(pod, target))
                .map((Target target) -> new Pair(pod, target, analysis.outcome(pod, target)))
                .toList();
    }
}
