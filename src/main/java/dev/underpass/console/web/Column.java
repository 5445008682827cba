package dev.underpass.console.web;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// A column that a list can be sorted by.
///
/// @param key its word in the address
/// @param value what it sorts by; it is asked once of each row
/// @param falling whether the largest or the newest come first, unless it is turned round
/// @param <T> what is listed
/// @param <K> the values
record Column<T, K extends Comparable<? super K>>(String key, Function<T, K> value, boolean falling) {

    private record Keyed<T, K>(T row, K key) {}

    /// From the smallest or the first letter on.
    static <T, K extends Comparable<? super K>> Column<T, K> rising(String key, Function<T, K> value) {
        return new Column<>(key, value, false);
    }

    /// From the largest, the newest or the worst on.
    static <T, K extends Comparable<? super K>> Column<T, K> falling(String key, Function<T, K> value) {
        return new Column<>(key, value, true);
    }

    /// The rows by this column; those that are alike keep their order.
    List<T> sorted(List<T> rows, boolean turned) {
        Comparator<Keyed<T, K>> order = Comparator.comparing(Keyed::key);
        return rows.stream()
                .map(row -> new Keyed<>(row, value.apply(row)))
                .sorted(falling == turned ? order : order.reversed())
                .map(Keyed::row)
                .toList();
    }
}
