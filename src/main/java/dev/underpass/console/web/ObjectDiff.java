package dev.underpass.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What is different between two states of an object: field by field, and as YAML.
final class ObjectDiff {

    private ObjectDiff() {}

    /// One field.
    ///
    /// @param before empty where it was not set
    /// @param after empty where it is not set any more
    /// @param added of a list, what came; then the whole list is left out
    /// @param removed of a list, what went
    record Field(String field, String before, String after, List<String> added, List<String> removed) {

        static Field of(String field, @Nullable String before, @Nullable String after) {
            return new Field(field, before == null ? "" : before, after == null ? "" : after, List.of(), List.of());
        }

        /// Whether it is told by what came and went.
        public boolean list() {
            return !added.isEmpty() || !removed.isEmpty();
        }
    }

    /// The fields that differ, by name. An object that is not there has none.
    static List<Field> fields(@Nullable JsonNode before, @Nullable JsonNode after) {
        var found = new ArrayList<Field>();
        compare("", orMissing(before), orMissing(after), found);
        return found;
    }

    private static JsonNode orMissing(@Nullable JsonNode object) {
        return object == null ? MissingNode.getInstance() : object;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Field> found) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() || after.isObject()) {
            var names = new TreeSet<String>(before.propertyNames());
            names.addAll(after.propertyNames());
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), found));
        } else if (before.isArray() && after.isArray()) {
            found.add(list(path, texts(before), texts(after)));
        } else {
            found.add(Field.of(path, text(before), text(after)));
        }
    }

    private static Field list(String path, List<String> before, List<String> after) {
        var added = new ArrayList<>(after);
        before.forEach(added::remove);
        var removed = new ArrayList<>(before);
        after.forEach(removed::remove);
        boolean order = added.isEmpty() && removed.isEmpty();
        return order ? Field.of(path, before.toString(), after.toString()) : new Field(path, "", "", added, removed);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(ObjectDiff::text).toList();
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "" : value.isString() ? value.asString() : value.toString();
    }
}
