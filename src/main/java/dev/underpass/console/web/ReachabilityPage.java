package dev.underpass.console.web;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import dev.underpass.diagnosis.matrix.Cell;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.Matrix;
import dev.underpass.diagnosis.matrix.TargetClass;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// What the matrix's page shows.
///
/// @param names what tells rows apart that are attached alike
/// @param columns at most `LIMIT`, those with the most broken pairs
/// @param hidden how many columns are left out
/// @param chosen the ids of the rows that are to be compared
/// @param comparison absent unless two rows are chosen
record ReachabilityPage(
        Matrix matrix,
        MatrixOrder order,
        MatrixNames names,
        Paging<ClientClass> rows,
        List<TargetClass> columns,
        int hidden,
        List<String> chosen,
        @Nullable Comparison comparison) {

    static final int LIMIT = 60;

    /// What two rows do not have in common.
    record Comparison(ClientClass one, ClientClass other, List<String> lines) {}

    static ReachabilityPage of(Matrix matrix, MatrixOrder order, List<String> ids, int page) {
        var chosen = ids.stream().filter(id -> !id.isBlank()).distinct().toList();
        var columns = matrix.columns().stream().limit(LIMIT).toList();
        return new ReachabilityPage(
                matrix,
                order,
                new MatrixNames(matrix.rows()),
                Paging.of(order.rows(matrix), page),
                columns,
                matrix.columns().size() - columns.size(),
                chosen,
                chosen.size() == 2 ? compared(matrix, chosen.getFirst(), chosen.getLast()) : null);
    }

    private static Comparison compared(Matrix matrix, String one, String other) {
        var left = row(matrix, one);
        var right = row(matrix, other);
        return new Comparison(left, right, matrix.difference(left, right));
    }

    static ClientClass row(Matrix matrix, String id) {
        return matrix.row(id).orElseThrow(() -> new NotFoundException(Phrases.NO_CLASS.with(id)));
    }

    /// The cell; null where nobody of the row speaks the column's address family.
    public @Nullable Cell cell(ClientClass row, TargetClass column) {
        return matrix.cell(row, column).orElse(null);
    }

    /// The addresses of all orders, by their words; the chosen rows stay chosen.
    public Map<String, String> orders() {
        var addresses = new LinkedHashMap<String, String>();
        for (var each : MatrixOrder.values()) {
            addresses.put(each.word(), path(each));
        }
        return addresses;
    }

    /// The address of this order.
    public String path() {
        return path(order);
    }

    private String path(MatrixOrder other) {
        var uri = UriComponentsBuilder.fromPath("/reachability");
        if (other != MatrixOrder.BROKEN) {
            uri.queryParam("sort", other.word());
        }
        chosen.forEach(id -> uri.queryParam("row", UriUtils.encode(id, StandardCharsets.UTF_8)));
        return uri.build(true).toUriString();
    }

    /// Where the whole matrix is as a file.
    public String csv() {
        return "/reachability?format=csv" + (order == MatrixOrder.BROKEN ? "" : "&sort=" + order.word());
    }

    public boolean chose(String id) {
        return chosen.stream().anyMatch(each -> Objects.equals(each, id));
    }
}
