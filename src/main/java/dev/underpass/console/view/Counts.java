package dev.underpass.console.view;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often something is so, as JSON.
public final class Counts {

    private Counts() {}

    /// The counts by the kinds' words, which are their names in lower case.
    public static SortedMap<String, Long> byWord(Map<? extends Enum<?>, Long> counts) {
        var words = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> words.put(kind.name().toLowerCase(Locale.ROOT), count));
        return words;
    }
}
