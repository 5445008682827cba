package dev.underpass.console.api;

import dev.underpass.console.view.PairView;
import dev.underpass.diagnosis.matrix.Cell;
import dev.underpass.diagnosis.matrix.Matrix;
import dev.underpass.diagnosis.matrix.TargetClass.Kind;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The matrix as JSON.
///
/// @param pairs all pairs by kind and answer, those that are not judged among the undetermined
/// @param cells only those with pairs
record MatrixView(
        Map<String, Map<String, Long>> pairs,
        List<RowView> rows,
        List<ColumnView> columns,
        List<CellView> cells,
        List<NotJudgedView> notJudged) {

    /// A class of clients.
    record RowView(String id, String attachment, String mode, int pods, List<String> differs) {}

    /// A class of targets.
    record ColumnView(
            String id, String kind, String type, String family, List<String> backends, boolean local, int targets) {}

    /// The pairs of a row and a column, with one that ends in the worst way.
    record CellView(
            String row,
            String column,
            long pairs,
            Map<String, Long> counts,
            Map<String, Long> dispositions,
            String worst,
            int share,
            PairView example) {}

    /// Pairs that are counted only.
    record NotJudgedView(String kind, long pairs, String reason) {}

    static MatrixView of(Matrix matrix) {
        var pairs = new TreeMap<String, Map<String, Long>>();
        for (var kind : Kind.values()) {
            var counts = new TreeMap<String, Long>();
            for (var fold : Fold.values()) {
                counts.put(lower(fold), matrix.count(kind, fold));
            }
            pairs.put(word(kind), counts);
        }
        return new MatrixView(
                pairs,
                rows(matrix),
                columns(matrix),
                matrix.rows().stream()
                        .flatMap(row -> matrix.columns().stream()
                                .flatMap(column -> matrix.cell(row, column).stream()
                                        .map(cell -> cell(row.id(), column.id(), cell))))
                        .toList(),
                matrix.notJudged().stream()
                        .map(each -> new NotJudgedView(
                                word(each.kind()), each.pairs(), each.reason().toString()))
                        .toList());
    }

    private static List<RowView> rows(Matrix matrix) {
        return matrix.rows().stream()
                .map(row -> new RowView(
                        row.id(),
                        row.attachment(),
                        lower(row.mode()),
                        row.pods().size(),
                        row.differs()))
                .toList();
    }

    private static List<ColumnView> columns(Matrix matrix) {
        return matrix.columns().stream()
                .map(column -> new ColumnView(
                        column.id(),
                        word(column.kind()),
                        column.type(),
                        lower(column.family()),
                        column.backends(),
                        column.local(),
                        column.targets().size()))
                .toList();
    }

    private static CellView cell(String row, String column, Cell cell) {
        var counts = new TreeMap<String, Long>();
        for (var fold : Fold.values()) {
            counts.put(lower(fold), cell.count(fold));
        }
        var dispositions = new TreeMap<String, Long>();
        cell.counts().forEach((disposition, count) -> dispositions.put(disposition.name(), count));
        return new CellView(
                row,
                column,
                cell.pairs(),
                counts,
                dispositions,
                lower(cell.worst()),
                cell.share(),
                PairView.of(cell.example()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case SERVICE -> "service";
            case POD_IP -> "podIP";
            case NODE_PORT -> "nodePort";
        };
    }
}
