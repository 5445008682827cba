package dev.underpass.console.web;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import dev.underpass.diagnosis.matrix.ClientClass;
import dev.underpass.diagnosis.matrix.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// In which order the matrix shows its rows.
enum MatrixOrder {
    /// Those with the most broken pairs first.
    BROKEN,
    /// Those of the most Pods first.
    PODS,
    /// By how they are attached, then by their first Pod.
    NAME;

    /// @throws InvalidInputException if there is no such order
    static MatrixOrder parse(String word) {
        return Stream.of(values())
                .filter(each -> each.word().equals(word) || (word.isBlank() && each == BROKEN))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("sort", Phrases.NOT_ONE_OF.with(word, words())));
    }

    /// The word in the address.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String words() {
        return Stream.of(values()).map(MatrixOrder::word).collect(Collectors.joining(", "));
    }

    List<ClientClass> rows(Matrix matrix) {
        Comparator<ClientClass> byPods =
                Comparator.comparingInt(row -> -row.pods().size());
        Comparator<ClientClass> byName = Comparator.comparing(ClientClass::attachment, NaturalOrder.TEXT)
                .thenComparing(row -> row.pods().getFirst(), NaturalOrder.NAMES);
        return switch (this) {
            case BROKEN -> matrix.rows();
            case PODS -> matrix.rows().stream().sorted(byPods).toList();
            case NAME -> matrix.rows().stream().sorted(byName).toList();
        };
    }
}
