package dev.underpass.console.web;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.diagnosis.matrix.ClientClass;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What tells rows apart that are attached alike.
final class MatrixNames {

    private static final int MOST = 2;
    private static final int LETTERS = 60;

    private final Map<String, List<ClientClass>> alike;

    MatrixNames(List<ClientClass> rows) {
        this.alike = rows.stream().collect(groupingBy(MatrixNames::name));
    }

    private static String name(ClientClass row) {
        return row.attachment() + " " + row.mode();
    }

    /// Whether another row has the same name.
    public boolean ambiguous(ClientClass row) {
        return namesakes(row).size() > 1;
    }

    /// Lines that the row has (`+`) or lacks (`-`) against the largest row of its attachment, those first that the
    /// fewest
    /// namesakes share; none for that largest row, and where the name says it all.
    public List<String> apart(ClientClass row) {
        if (!ambiguous(row)) {
            return List.of();
        }
        return row.differs().stream()
                .sorted(Comparator.comparingLong(line -> sharing(row, line)))
                .limit(MOST)
                .map(MatrixNames::cut)
                .toList();
    }

    private long sharing(ClientClass row, String line) {
        return namesakes(row).stream()
                .filter(each -> each.differs().contains(line))
                .count();
    }

    private List<ClientClass> namesakes(ClientClass row) {
        return alike.getOrDefault(name(row), List.of());
    }

    private static String cut(String line) {
        return line.codePointCount(0, line.length()) <= LETTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LETTERS - 1)) + "…";
    }
}
