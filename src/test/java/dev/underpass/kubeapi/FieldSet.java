package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of an object that a manager owns. A list is owned as a whole, as Spiderpool's are; a real server follows
/// the items of some lists of built-in resources.
///
/// @param paths each the names from the object down to a field
record FieldSet(Set<List<String>> paths) {

    static final FieldSet EMPTY = new FieldSet(Set.of());

    private static final Comparator<List<String>> ORDER = Comparator.comparing(path -> String.join("\0", path));
    private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind");
    private static final Set<String> SERVERS = Set.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "resourceVersion",
            "generation",
            "managedFields",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    FieldSet {
        var sorted = new TreeSet<>(ORDER);
        sorted.addAll(paths);
        paths = Collections.unmodifiableSet(sorted);
    }

    /// What an apply of this object owns: its values, not the objects around them.
    static FieldSet applied(ObjectNode object, JsonNode schema) {
        return new FieldSet(Set.copyOf(walk(object, schema).leaves()));
    }

    /// Every field of an object, and the objects around them.
    static FieldSet all(ObjectNode object, JsonNode schema) {
        var walked = walk(object, schema);
        return new FieldSet(Set.copyOf(Stream.concat(walked.leaves().stream(), walked.around().stream())
                .toList()));
    }

    private record Walk(List<List<String>> leaves, List<List<String>> around) {}

    private static Walk walk(ObjectNode object, JsonNode schema) {
        var walk = new Walk(new ArrayList<>(), new ArrayList<>());
        for (var field : object.properties()) {
            if (!ENVELOPE.contains(field.getKey())) {
                walk(field.getValue(), Schema.property(schema, field.getKey()), List.of(field.getKey()), walk);
            }
        }
        return walk;
    }

    private static void walk(JsonNode value, JsonNode schema, List<String> path, Walk into) {
        var metadata = path.equals(List.of("metadata"));
        if (!isWhole(value, schema) || metadata) {
            if (!metadata) {
                into.around().add(path);
            }
            for (var field : value.properties()) {
                if (!(metadata && SERVERS.contains(field.getKey()))) {
                    walk(field.getValue(), Schema.property(schema, field.getKey()), below(path, field.getKey()), into);
                }
            }
        } else {
            into.leaves().add(path);
        }
    }

    /// Whether a value has one owner: all but an object with fields of their own.
    static boolean isWhole(JsonNode value, JsonNode schema) {
        return !(value instanceof ObjectNode object) || object.isEmpty() || Schema.atomic(schema);
    }

    private static List<String> below(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    static JsonNode at(JsonNode object, List<String> path) {
        var at = object;
        for (var name : path) {
            at = at.path(name);
        }
        return at;
    }

    /// As messages name a field: `.spec.podMACPrefix`.
    static String text(List<String> path) {
        return "." + String.join(".", path);
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    FieldSet and(FieldSet other) {
        return filtered(other.paths::contains);
    }

    FieldSet without(FieldSet other) {
        return filtered(path -> !other.paths.contains(path));
    }

    FieldSet plus(FieldSet other) {
        return new FieldSet(Set.copyOf(
                Stream.concat(paths.stream(), other.paths.stream()).distinct().toList()));
    }

    FieldSet filtered(Predicate<List<String>> wanted) {
        return new FieldSet(Set.copyOf(paths.stream().filter(wanted).toList()));
    }

    /// Reads `fieldsV1`.
    static FieldSet parse(JsonNode fieldsV1) {
        var paths = new ArrayList<List<String>>();
        parse(fieldsV1, List.of(), paths);
        return new FieldSet(Set.copyOf(paths));
    }

    private static void parse(JsonNode node, List<String> path, List<List<String>> into) {
        if (node.isEmpty() && !path.isEmpty()) {
            into.add(path);
        }
        for (var field : node.properties()) {
            if (field.getKey().equals(".")) {
                into.add(path);
            } else {
                parse(field.getValue(), below(path, field.getKey().substring(2)), into);
            }
        }
    }

    /// As `managedFields` holds it: `{"f:spec": {".": {}, "f:mode": {}}}`.
    ObjectNode fieldsV1() {
        var root = Json.object();
        for (var path : paths) {
            var at = root;
            for (int i = 0; i < path.size(); i++) {
                if (i > 0 && paths.contains(path.subList(0, i))) {
                    Json.child(at, ".");
                }
                at = Json.child(at, "f:" + path.get(i));
            }
        }
        return root;
    }
}
