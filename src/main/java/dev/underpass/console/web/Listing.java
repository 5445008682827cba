package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import java.util.function.Function;

/// A list as it is asked for.
///
/// @param list what the query bar leaves of it
/// @param rows one page of that, in the order of the address
/// @param <R> the rows
record Listing<R>(Filtered<?> list, ListAddress address, Paging<R> rows) {

    /// The same with what becomes of each row of the page.
    <S> Listing<S> map(Function<R, S> what) {
        return new Listing<>(list, address, rows.map(what));
    }
}
