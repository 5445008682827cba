package dev.underpass.netfilter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements of a set or a map, with what each stands for.
///
/// @param exact elements of one value, found by hash
/// @param others intervals, prefixes and wildcards, tried in order
/// @param volatileMembers whether packets add elements and time removes them
/// @param incomplete whether some elements could not be read
record Elements<T>(
        Map<Value, T> exact, List<Map.Entry<Pattern, T>> others, boolean volatileMembers, boolean incomplete) {

    Elements {
        // A node has tens of thousands of single elements; several keep their order.
        exact = exact.size() < 2 ? Map.copyOf(exact) : Collections.unmodifiableMap(exact);
        others = List.copyOf(others);
    }

    static <T> Elements<T> of(List<Map.Entry<Pattern, T>> entries, boolean volatileMembers, boolean incomplete) {
        var exact = new LinkedHashMap<Value, T>();
        var others = new ArrayList<Map.Entry<Pattern, T>>();
        for (var entry : entries) {
            if (entry.getKey() instanceof Pattern.Exactly(var value)) {
                exact.putIfAbsent(value, entry.getValue());
            } else {
                others.add(entry);
            }
        }
        return new Elements<>(exact, others, volatileMembers, incomplete);
    }

    static Elements<Boolean> of(Pattern... patterns) {
        return of(List.of(patterns).stream().map(p -> Map.entry(p, true)).toList(), false, false);
    }

    @Nullable
    T find(Value value) {
        var found = exact.get(value);
        if (found != null) {
            return found;
        }
        for (var other : others) {
            if (other.getKey().covers(value)) {
                return other.getValue();
            }
        }
        return null;
    }

    /// Every distinct thing that a drawn number can lead to; `null` among them if one leads
    /// nowhere.
    Set<@Nullable T> reachable(Value.Drawn drawn) {
        var results = new LinkedHashSet<@Nullable T>();
        if (others.isEmpty() && drawn.modulus() > exact.size()) {
            exact.values().forEach(results::add);
            results.add(null);
            return results;
        }
        long limit = Math.min(drawn.modulus(), 65_536);
        for (long n = 0; n < limit; n++) {
            results.add(find(Value.of(drawn.offset() + n)));
        }
        return results;
    }

    /// What a key leads to, by choice where it is drawn; null if it leads nowhere or is missing.
    @Nullable
    T choose(Value key, Passage passage, Rule rule) {
        return switch (key) {
            case Value.Numeric _, Value.Address _, Value.Name _, Value.Tuple _ -> find(key);
            case Value.Drawn drawn -> oneOf(reachable(drawn), passage, rule);
            case Value.Missing _ -> null;
        };
    }

    private static <T> @Nullable T oneOf(Set<@Nullable T> results, Passage passage, Rule rule) {
        var list = new ArrayList<>(results);
        return list.get(list.size() == 1 ? 0 : passage.choose(Choices.Kind.BACKEND, rule, list.size()));
    }
}
