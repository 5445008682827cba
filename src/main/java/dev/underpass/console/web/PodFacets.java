package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import dev.underpass.console.PodQuery;
import dev.underpass.console.PodQuery.Subject;
import dev.underpass.console.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What Pods of a list have in common: each value leads to those that have it, within the same query.
record PodFacets(List<Facet> all) {

    private static final int MOST = 8;

    /// The values of one key of the query language, the most frequent first.
    ///
    /// @param more how many values are not shown
    record Facet(String key, List<Value> values, int more) {

        /// Whether any of its values leaves Pods out.
        boolean tellsApart(int all) {
            return values.stream().anyMatch(value -> value.pods() < all);
        }
    }

    /// A value of a key.
    ///
    /// @param pods how many its word finds
    /// @param href of the list with that word besides
    record Value(String text, long pods, String href) {}

    /// Those that tell Pods of the list apart, and the findings that they have; none of a query that is not clear.
    static PodFacets of(Filtered<Subject> list, ListAddress address) {
        if (list.isUnclear()) {
            return new PodFacets(List.of());
        }
        return new PodFacets(Stream.of(
                        facet(
                                list,
                                address,
                                "verdict",
                                subject ->
                                        Stream.of(subject.pod().worst().name().toLowerCase(Locale.ROOT))),
                        facet(list, address, "code", subject -> subject.pod().codes().stream()),
                        facet(
                                list,
                                address,
                                "attachment",
                                subject -> Stream.of(
                                        subject.pod().analysis().network().attachment())),
                        facet(
                                list,
                                address,
                                "ns",
                                subject -> Stream.of(subject.pod().name().namespace())))
                .filter(facet -> facet.tellsApart(list.found().size()))
                .toList());
    }

    private static Facet facet(
            Filtered<Subject> list, ListAddress address, String key, Function<Subject, Stream<String>> values) {
        var groups = new HashMap<String, List<Subject>>();
        list.found()
                .forEach(subject -> values.apply(subject)
                        .forEach(value -> groups.computeIfAbsent(value, _ -> new ArrayList<>())
                                .add(subject)));
        var shown = groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<Subject>> group) ->
                                -group.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(group -> value(list, address, key + ":" + group.getKey(), group.getKey(), groups))
                .toList();
        return new Facet(key, shown, groups.size() - shown.size());
    }

    /// A word can find more than those that have just its value: a part of another value finds that one's Pods too.
    private static Value value(
            Filtered<Subject> list, ListAddress address, String word, String value, Map<String, List<Subject>> groups) {
        var finds = Query.parse(PodQuery.VOCABULARY, word).tokens().getFirst().asks();
        long found = groups.entrySet().stream()
                .filter(group -> group.getKey().contains(value)
                        && finds.test(group.getValue().getFirst()))
                .mapToLong(group -> group.getValue().size())
                .sum();
        return new Value(value, found, address.query((list.q() + " " + word).strip()));
    }
}
