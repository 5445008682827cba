package dev.underpass.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The words that the queries of a list may use.
///
/// @param free what a word without a key asks
/// @param keys what the keys ask
/// @param <T> what is listed
public record Vocabulary<T>(Meaning<T> free, Map<String, Meaning<T>> keys) {

    public Vocabulary {
        keys = Map.copyOf(keys);
    }

    /// The keys as a person is told them: `code:, ip:, ns:`.
    public String known() {
        return new TreeMap<>(keys).keySet().stream().map(key -> key + ":").collect(Collectors.joining(", "));
    }
}
