package dev.underpass.console.web;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import dev.underpass.console.Filtered;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The columns that a list can be sorted by.
///
/// @param path of the list
/// @param usual the column of an address that names none
/// @param inOrder whether the rows come in the first column's order, so that they need not be put into it
/// @param all the first orders the rows that another column does not tell apart
/// @param <T> what is listed
record Columns<T>(String path, String usual, boolean inOrder, List<Column<T, ?>> all) {

    Columns {
        all = List.copyOf(all);
    }

    /// Of rows in whatever order.
    Columns(String path, String usual, List<Column<T, ?>> all) {
        this(path, usual, false, all);
    }

    /// One of them.
    ///
    /// @param key its word in the address
    /// @param value what it sorts by, asked once of each row; rows without one are last, either way round
    /// @param falling whether the largest, the newest or the worst come first, unless it is turned round
    record Column<T, K>(String key, Function<T, @Nullable K> value, Comparator<K> order, boolean falling) {

        private record Keyed<T, K>(T row, @Nullable K key) {}

        /// From the smallest or the first letter on.
        static <T, K extends Comparable<? super K>> Column<T, K> rising(String key, Function<T, @Nullable K> value) {
            return new Column<>(key, value, naturalOrder(), false);
        }

        /// From the largest, the newest or the worst on.
        static <T, K extends Comparable<? super K>> Column<T, K> falling(String key, Function<T, @Nullable K> value) {
            return new Column<>(key, value, naturalOrder(), true);
        }

        /// The rows by this column; those that are alike keep their order.
        private List<T> sorted(List<T> rows, boolean turned) {
            return rows.stream()
                    .map(row -> new Keyed<>(row, value.apply(row)))
                    .sorted(comparing(Keyed::key, nullsLast(falling == turned ? order : order.reversed())))
                    .map(Keyed::row)
                    .toList();
        }
    }

    /// One page of a list.
    ///
    /// @param sort a column, with a minus before it the other way round; blank for the usual one
    /// @throws InvalidInputException if there is no such column or no such page
    Listing<T> page(Filtered<T> list, String sort, int page) {
        var whole = whole(list, sort);
        return new Listing<>(list, whole.address(), Paging.of(whole.rows().items(), page));
    }

    /// A list that fits on one page.
    Listing<T> whole(Filtered<T> list, String sort) {
        var asked = sort.isBlank() ? usual : sort.strip();
        boolean turned = asked.startsWith("-");
        var column = column(asked);
        var rows = inOrder ? list.found() : all.getFirst().sorted(list.found(), false);
        boolean sorted = !turned && column.equals(all.getFirst());
        return new Listing<>(
                list,
                new ListAddress(path, usual, list.q(), asked, column.falling() != turned),
                Paging.whole(sorted ? rows : column.sorted(rows, turned)));
    }

    private Column<T, ?> column(String asked) {
        var key = asked.startsWith("-") ? asked.substring(1) : asked;
        return all.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("sort", Phrases.NOT_ONE_OF.with(asked, keys())));
    }

    private String keys() {
        return all.stream().map(Column::key).sorted().collect(Collectors.joining(", "));
    }
}
