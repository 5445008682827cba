package dev.underpass.console.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.underpass.console.InvalidInputException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param total how many there are in all
/// @param next what to send as `continue` for the next part, absent at the end
public record Page<T>(
        List<T> items,
        int total,
        @JsonProperty("continue") @Nullable String next) {

    private static final int MOST = 1000;

    /// Cuts a list.
    ///
    /// @param limit how many items at the most, from 1 to 1000
    /// @param from what an earlier part gave as `continue`, empty for the first one
    public static <S, T> Page<T> of(List<S> all, int limit, String from, Function<S, T> view) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidInputException("limit", "not between 1 and " + MOST + ": " + limit);
        }
        int start = offset(from, all.size());
        int end = Math.min(all.size(), start + limit);
        var items = all.subList(start, end).stream().map(view).toList();
        return new Page<>(items, all.size(), end < all.size() ? Integer.toString(end) : null);
    }

    private static int offset(String from, int size) {
        if (from.isEmpty()) {
            return 0;
        }
        try {
            int offset = Integer.parseInt(from);
            if (offset >= 0 && offset <= size) {
                return offset;
            }
        } catch (NumberFormatException _) {
            // Said below, together with numbers out of range.
        }
        throw new InvalidInputException("continue", "not a value that an answer gave: '" + from + "'");
    }
}
