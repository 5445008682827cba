package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import java.util.List;
import java.util.stream.Collectors;

/// The columns that a list can be sorted by.
///
/// @param all the first orders the rows that another column does not tell apart
/// @param usual the order of an address that names none, as an address would name it
/// @param <T> what is listed
record Columns<T>(List<Column<T, ?>> all, String usual) {

    Columns {
        all = List.copyOf(all);
    }

    /// A list in the order that was asked for.
    ///
    /// @param address of the list in this order
    record Sorted<T>(List<T> rows, ListAddress address) {}

    /// @param sort a column, with a minus before it the other way round; empty for the usual order
    /// @throws InvalidInputException if there is no such column
    Sorted<T> sort(String path, Filtered<T> list, String sort) {
        var asked = sort.isBlank() ? usual : sort.strip();
        boolean turned = asked.startsWith("-");
        var column = column(turned ? asked.substring(1) : asked);
        var byFirst = all.getFirst().sorted(list.found(), false);
        var order = new Order(asked, column.key(), column.falling() != turned, usual);
        return new Sorted<>(column.sorted(byFirst, turned), new ListAddress(path, list.q(), order));
    }

    private Column<T, ?> column(String key) {
        return all.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("sort", Phrases.NOT_ONE_OF.with(key, keys())));
    }

    private String keys() {
        return all.stream().map(Column::key).sorted().collect(Collectors.joining(", "));
    }
}
