package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param number from 1 on
public record Paging<T>(List<T> items, int number, int pages, int total) {

    static final int SIZE = 50;

    /// The page of that number; the last one where the list has become shorter than that.
    ///
    /// @throws InvalidInputException if no list has a page of that number
    static <T> Paging<T> of(List<T> all, int asked) {
        int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
        if (asked < 1) {
            throw new InvalidInputException("page", Phrases.NOT_BETWEEN.with(pages, asked));
        }
        int number = Math.min(asked, pages);
        int start = (number - 1) * SIZE;
        return new Paging<>(all.subList(start, Math.min(all.size(), start + SIZE)), number, pages, all.size());
    }

    /// All of a list that fits on one page.
    static <T> Paging<T> whole(List<T> all) {
        return new Paging<>(all, 1, 1, all.size());
    }

    /// The same page of what becomes of each item.
    <S> Paging<S> map(Function<T, S> what) {
        return new Paging<>(items.stream().map(what).toList(), number, pages, total);
    }

    public @Nullable Integer previous() {
        return number > 1 ? number - 1 : null;
    }

    public @Nullable Integer next() {
        return number < pages ? number + 1 : null;
    }
}
