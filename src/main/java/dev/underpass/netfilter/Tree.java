package dev.underpass.netfilter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads trees of JSON made of Map, List, String, Number, Boolean and null.
final class Tree {

    /// `{"payload": {…}}`: how nft writes alternatives.
    record Tagged(String tag, @Nullable Object content) {}

    private Tree() {}

    /// The members of an object, or an empty map if it is none.
    @SuppressWarnings("unchecked") // JSON's member names are strings
    static Map<String, ?> members(@Nullable Object node) {
        return node instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
    }

    /// The items of a list; of anything else but null, itself.
    static List<?> items(@Nullable Object node) {
        return switch (node) {
            case null -> List.of();
            case List<?> list -> list;
            default -> List.of(node);
        };
    }

    /// The only member of an object, if it is one with a single member.
    static Optional<Tagged> tagged(@Nullable Object node) {
        var members = members(node);
        return members.size() == 1
                ? members.entrySet().stream().findFirst().map(entry -> new Tagged(entry.getKey(), entry.getValue()))
                : Optional.empty();
    }

    /// The content of `{TAG: content}`; null if the node is no such object.
    static @Nullable Object content(@Nullable Object node, String tag) {
        return tagged(node)
                .filter(tagged -> tagged.tag().equals(tag))
                .map(Tagged::content)
                .orElse(null);
    }

    /// A member that must be text.
    ///
    /// @throws IllegalArgumentException if it is not
    static String text(Map<String, ?> object, String member) {
        if (object.get(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no text \"" + member + "\"");
    }

    /// A member as text, or empty if there is none.
    static String textOrEmpty(Map<String, ?> object, String member) {
        return object.get(member) instanceof String text ? text : "";
    }

    /// A member as a whole number, or 0 if there is none.
    static long number(Map<String, ?> object, String member) {
        return object.get(member) instanceof Number number ? number.longValue() : 0;
    }
}
