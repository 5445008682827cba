package dev.underpass.netfilter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The named sets and maps of a table, and how elements are written.
final class NftSets {

    /// @param kinds how each field of its keys is written
    private record Definition(List<Kind> kinds, List<?> elements, boolean volatileMembers) {}

    private final Map<String, Definition> definitions = new HashMap<>();
    private final Map<String, Elements<?>> read = new HashMap<>();

    /// Takes a set or a map as nft lists it.
    void define(String name, Map<String, ?> set) {
        boolean expires = Tree.items(set.get("flags")).contains("timeout");
        definitions.put(name, new Definition(kinds(set.get("type")), Tree.items(set.get("elem")), expires));
    }

    private static List<Kind> kinds(@Nullable Object type) {
        var typeOf = Tree.content(type, "typeof");
        if (typeOf != null) {
            return new NftExpressions(new NftSets()).of(typeOf).kinds();
        }
        return Tree.items(type).stream()
                .map(name -> Kind.ofType(String.valueOf(name)))
                .toList();
    }

    /// The members of `@NAME` or of `{ … }`.
    ///
    /// @param kinds how an anonymous set's values are written
    Elements<Boolean> members(@Nullable Object set, List<Kind> kinds) {
        return elements("members", set, kinds, _ -> true);
    }

    /// The elements of a verdict map.
    Elements<Verdict> verdicts(@Nullable Object map, List<Kind> kinds) {
        return elements("verdicts", map, kinds, NftStatements::verdict);
    }

    /// The elements of a map of values.
    Elements<Value> values(@Nullable Object map, List<Kind> kinds) {
        return elements("values", map, kinds, NftSets::data);
    }

    @SuppressWarnings("unchecked") // each use has its own key
    private <T> Elements<T> elements(
            String use, @Nullable Object set, List<Kind> kinds, Function<@Nullable Object, @Nullable T> reading) {
        if (set instanceof String name && name.startsWith("@")) {
            var definition = definitions.get(name.substring(1));
            return definition == null
                    ? new Elements<>(Map.of(), List.of(), false, true)
                    : (Elements<T>) read.computeIfAbsent(use + name, _ -> elements(definition, reading));
        }
        var anonymous = Tree.content(set, "set");
        return elements(
                new Definition(kinds, anonymous == null ? Tree.items(set) : Tree.items(anonymous), false), reading);
    }

    private static <T> Elements<T> elements(Definition definition, Function<@Nullable Object, @Nullable T> reading) {
        var entries = new ArrayList<Map.Entry<Pattern, T>>();
        boolean incomplete = false;
        for (var element : definition.elements()) {
            boolean isPair = element instanceof List<?> pair && pair.size() == 2;
            var key = isPair ? ((List<?>) element).getFirst() : element;
            var pattern = pattern(key, definition.kinds());
            var result = reading.apply(isPair ? ((List<?>) element).getLast() : null);
            if (pattern == null || result == null) {
                incomplete = true;
            } else {
                entries.add(Map.entry(pattern, result));
            }
        }
        return Elements.of(entries, definition.volatileMembers(), incomplete);
    }

    /// What an element, or the right side of a comparison, stands for; null if it cannot be told.
    static @Nullable Pattern pattern(@Nullable Object node, List<Kind> kinds) {
        var tagged = Tree.tagged(node).orElse(null);
        if (tagged == null) {
            return scalar(node, kinds);
        }
        return switch (tagged.tag()) {
            case "elem" -> pattern(Tree.members(tagged.content()).get("val"), kinds);
            case "concat" -> concat(Tree.items(tagged.content()), kinds);
            case "prefix" -> NftValues.prefix(Tree.members(tagged.content()));
            case "range" -> range(Tree.items(tagged.content()), kinds);
            case "|" -> scalar(tagged.content(), kinds);
            default -> null;
        };
    }

    private static @Nullable Pattern concat(List<?> parts, List<Kind> kinds) {
        var patterns = new ArrayList<Pattern>();
        for (int i = 0; i < parts.size(); i++) {
            var kind = i < kinds.size() ? kinds.get(i) : Kind.NAME;
            var pattern = pattern(parts.get(i), List.of(kind));
            if (pattern == null) {
                return null;
            }
            patterns.add(pattern);
        }
        return Pattern.each(patterns);
    }

    private static @Nullable Pattern range(List<?> ends, List<Kind> kinds) {
        if (ends.size() != 2
                || !(scalar(ends.getFirst(), kinds) instanceof Pattern.Exactly(var first))
                || !(scalar(ends.getLast(), kinds) instanceof Pattern.Exactly(var last))) {
            return null;
        }
        return new Pattern.Between(first, last);
    }

    private static @Nullable Pattern scalar(@Nullable Object node, List<Kind> kinds) {
        var kind = kinds.isEmpty() ? Kind.NAME : kinds.getFirst();
        if (node instanceof String word && word.equals("*")) {
            return Pattern.Wildcard.ANYTHING;
        }
        if (kind == Kind.NAME && node instanceof String word && word.endsWith("*")) {
            return new Pattern.StartingWith(word.substring(0, word.length() - 1));
        }
        var value = NftValues.scalar(node, kind);
        return value instanceof Value.Missing ? null : new Pattern.Exactly(value);
    }

    /// What a map leads to: `10.0.0.1`, `10.0.0.1 . 80`, `0x1`.
    private static @Nullable Value data(@Nullable Object node) {
        var parts = Tree.content(node, "concat");
        if (parts != null) {
            var values = new ArrayList<Value>();
            for (var part : Tree.items(parts)) {
                values.add(NftValues.untyped(part));
            }
            return values.stream().anyMatch(Value.Missing.class::isInstance) ? null : new Value.Tuple(values);
        }
        var value = NftValues.untyped(node);
        return value instanceof Value.Missing ? null : value;
    }
}
