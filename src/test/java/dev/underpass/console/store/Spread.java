package dev.underpass.console.store;

import java.util.List;
import java.util.stream.Stream;

/// How long things took.
///
/// @param millis sorted
record Spread(List<Long> millis) {

    static Spread of(Stream<Long> millis) {
        return new Spread(millis.sorted().toList());
    }

    @Override
    public String toString() {
        int count = millis.size();
        return count == 0
                ? "(none)"
                : "median %d ms, p99 %d ms, at most %d ms"
                        .formatted(
                                millis.get(count / 2),
                                millis.get(Math.min(count - 1, count * 99 / 100)),
                                millis.getLast());
    }
}
