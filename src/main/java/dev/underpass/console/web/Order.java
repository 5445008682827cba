package dev.underpass.console.web;

import org.jspecify.annotations.Nullable;

/// In which order a list stands.
///
/// @param sort as an address has it
/// @param column that it is by
/// @param falling whether from the largest on
/// @param usual the order that an address need not name
record Order(String sort, String column, boolean falling, String usual) {

    /// Of a list that has one order only.
    static final Order NONE = new Order("", "", false, "");

    /// What a link in the head of a column asks for: the column, or the other way round.
    String next(String key) {
        return sort.equals(key) ? "-" + key : key;
    }

    /// How the head of a column says that the list is by it; absent where it is not.
    @Nullable String of(String key) {
        return column.equals(key) ? falling ? "descending" : "ascending" : null;
    }
}
