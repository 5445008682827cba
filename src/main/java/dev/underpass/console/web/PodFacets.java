package dev.underpass.console.web;

import dev.underpass.console.PodQuery;
import dev.underpass.console.PodQuery.Subject;
import dev.underpass.console.Query;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What Pods of a list have in common: each value leads to those that have it, within the same query.
record PodFacets(List<Facet> all) {

    static final PodFacets NONE = new PodFacets(List.of());

    private static final int MOST = 8;

    /// The values of one key of the query language, the most frequent first.
    ///
    /// @param more how many values are not shown
    record Facet(String key, List<Value> values, int more) {

        /// Whether any of its values leaves Pods out.
        boolean tellsApart() {
            return values.stream().anyMatch(Value::narrows);
        }
    }

    /// A value of a key.
    ///
    /// @param word that finds its Pods
    /// @param pods how many that finds
    /// @param narrows whether that leaves any out
    record Value(String text, String word, long pods, boolean narrows) {}

    /// The Pods that have a value.
    private static final class Group {

        private final Subject first;
        private long pods;

        Group(Subject first) {
            this.first = first;
        }
    }

    /// Those that tell Pods of the list apart, and the findings that they have.
    static PodFacets of(List<Subject> found) {
        return new PodFacets(Stream.of(
                        facet(
                                found,
                                "verdict",
                                subject ->
                                        Stream.of(subject.pod().worst().name().toLowerCase(Locale.ROOT))),
                        facet(found, "code", subject -> subject.pod().codes().stream()),
                        facet(
                                found,
                                "attachment",
                                subject -> Stream.of(
                                        subject.pod().analysis().network().attachment())),
                        facet(
                                found,
                                "ns",
                                subject -> Stream.of(subject.pod().name().namespace())))
                .filter(Facet::tellsApart)
                .toList());
    }

    private static Facet facet(List<Subject> found, String key, Function<Subject, Stream<String>> values) {
        var groups = new HashMap<String, Group>();
        found.forEach(subject ->
                values.apply(subject).forEach(value -> groups.computeIfAbsent(value, _ -> new Group(subject)).pods++));
        var shown = groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Group> group) -> -group.getValue().pods)
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(group -> value(group.getKey(), key + ":" + group.getKey(), groups, found.size()))
                .toList();
        return new Facet(key, shown, groups.size() - shown.size());
    }

    /// A word can find more than those that have just its value: a part of another value finds that one's Pods too.
    private static Value value(String value, String word, Map<String, Group> groups, int all) {
        var finds = Query.parse(PodQuery.VOCABULARY, word).tokens().getFirst().asks();
        long pods = groups.entrySet().stream()
                .filter(group -> group.getKey().contains(value) && finds.test(group.getValue().first))
                .mapToLong(group -> group.getValue().pods)
                .sum();
        return new Value(value, word, pods, pods < all);
    }
}
