package dev.underpass.console.edit;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields that an edit touches.
///
/// A list, and an object that the API treats as one value (an affinity), is one field.
///
/// @param set the new values of fields that are new or changed
/// @param removed the fields that are no more; the uppermost where a whole object is gone
record Changes(NavigableMap<FieldPath, JsonNode> set, NavigableSet<FieldPath> removed) {

    /// What the CRDs mark with `x-kubernetes-map-type: atomic`.
    private static final Set<String> ATOMIC = Set.of("namespaceAffinity", "nodeAffinity", "podAffinity");

    static Changes between(ObjectNode before, ObjectNode after) {
        var changes = new Changes(new TreeMap<>(), new TreeSet<>());
        changes.compare(FieldPath.ROOT, before, after);
        return changes;
    }

    private void compare(FieldPath at, ObjectNode before, ObjectNode after) {
        for (var field : before.properties()) {
            if (!after.has(field.getKey())) {
                removed.add(at.then(field.getKey()));
            }
        }
        for (var field : after.properties()) {
            var path = at.then(field.getKey());
            var was = before.path(field.getKey());
            if (field.getValue() instanceof ObjectNode now && was instanceof ObjectNode old && isOpen(path, now)) {
                compare(path, old, now);
            } else if (!field.getValue().equals(was)) {
                leaves(path, field.getValue(), set::put);
            }
        }
    }

    /// Whether the fields of an object have owners of their own.
    private static boolean isOpen(FieldPath path, ObjectNode object) {
        return !object.isEmpty() && !ATOMIC.contains(path.names().getLast());
    }

    /// Tells every field with a value of its own below a place.
    static void leaves(FieldPath path, JsonNode value, BiConsumer<FieldPath, JsonNode> each) {
        if (value instanceof ObjectNode object && (path.names().isEmpty() || isOpen(path, object))) {
            object.properties().forEach(field -> leaves(path.then(field.getKey()), field.getValue(), each));
        } else {
            each.accept(path, value);
        }
    }

    boolean isEmpty() {
        return set.isEmpty() && removed.isEmpty();
    }

    /// All of the fields.
    Collection<FieldPath> fields() {
        return Stream.concat(set.keySet().stream(), removed.stream()).sorted().toList();
    }

    /// Makes the changes in an object.
    void applyTo(ObjectNode object) {
        removed.forEach(path -> path.remove(object));
        set.forEach((path, value) -> path.put(object, value));
    }

    /// The same for an object that others changed since.
    ///
    /// @param base the object as it was before both
    Changes onto(ObjectNode base, ObjectNode theirs) {
        var merged = new Changes(new TreeMap<>(), new TreeSet<>());
        for (var path : fields()) {
            var value = ListMerge.merged(path.names().getLast(), path.in(base), path.in(theirs), set.get(path));
            if (value == null) {
                merged.removed.add(path);
            } else {
                merged.set.put(path, value);
            }
        }
        return merged;
    }

    /// The changes as a JSON merge patch (RFC 7386).
    ObjectNode mergePatch(ObjectNode before) {
        var patch = JsonNodeFactory.instance.objectNode();
        removed.forEach(path -> path.put(patch, NullNode.getInstance()));
        set.forEach((path, value) -> path.put(patch, replacing(path.in(before), value)));
        return patch;
    }

    /// A merge patch adds to an object that is there, so that what is to go must be named.
    private static JsonNode replacing(JsonNode before, JsonNode value) {
        if (!(value instanceof ObjectNode now) || !(before instanceof ObjectNode old)) {
            return value;
        }
        var patch = JsonNodeFactory.instance.objectNode();
        now.properties()
                .forEach(field -> patch.set(field.getKey(), replacing(old.path(field.getKey()), field.getValue())));
        old.properties().stream()
                .filter(field -> !now.has(field.getKey()))
                .forEach(field -> patch.putNull(field.getKey()));
        return patch;
    }
}
