package dev.underpass.console.web;

import dev.underpass.diagnosis.matrix.Cell;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.TargetClass;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;
import java.util.stream.Collectors;

/// The whole matrix as a file: one line for each cell, of every row and column.
record MatrixCsv(ReachabilityPage page) {

    private static final String HEAD =
            "row,attachment,mode,pods,first_pod,column,kind,type,family,backends,local,targets,"
                    + "pairs,reachable,unreachable,undetermined\r\n";

    String text() {
        var text = new StringBuilder(HEAD);
        for (var row : page.order().rows(page.matrix())) {
            for (var column : page.matrix().columns()) {
                page.matrix().cell(row, column).ifPresent(cell -> text.append(line(row, column, cell)));
            }
        }
        return text.toString();
    }

    private static String line(ClientClass row, TargetClass column, Cell cell) {
        var fields = List.of(
                row.id(),
                row.attachment(),
                row.mode().name(),
                Integer.toString(row.pods().size()),
                row.pods().getFirst().toString(),
                column.id(),
                column.kind().name(),
                column.type(),
                column.family().name(),
                String.join(" ", column.backends()),
                Boolean.toString(column.local()),
                Integer.toString(column.targets().size()),
                Long.toString(cell.pairs()),
                Long.toString(cell.count(Fold.REACHABLE)),
                Long.toString(cell.count(Fold.UNREACHABLE)),
                Long.toString(cell.count(Fold.UNDETERMINED)));
        return fields.stream().map(CellPage::field).collect(Collectors.joining(",")) + "\r\n";
    }
}
