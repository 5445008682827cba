package dev.underpass.console.edit;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// The names that lead from an object down to one of its fields.
record FieldPath(List<String> names) implements Comparable<FieldPath> {

    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        names = List.copyOf(names);
    }

    static FieldPath of(String... names) {
        return new FieldPath(List.of(names));
    }

    FieldPath then(String name) {
        return new FieldPath(Stream.concat(names.stream(), Stream.of(name)).toList());
    }

    /// Whether one of the two lies in the other, or is it.
    boolean touches(FieldPath other) {
        int common = Math.min(names.size(), other.names.size());
        return names.subList(0, common).equals(other.names.subList(0, common));
    }

    /// The value there; missing when there is none.
    JsonNode in(JsonNode object) {
        var at = object;
        for (var name : names) {
            at = at.isObject() ? at.path(name) : MissingNode.getInstance();
        }
        return at;
    }

    /// Puts a value there, and objects around it where they are missing.
    void put(ObjectNode object, JsonNode value) {
        var at = object;
        for (var name : names.subList(0, names.size() - 1)) {
            at = at.get(name) instanceof ObjectNode below ? below : at.putObject(name);
        }
        at.set(names.getLast(), value.deepCopy());
    }

    void remove(ObjectNode object) {
        var parent = new FieldPath(names.subList(0, names.size() - 1)).in(object);
        if (parent instanceof ObjectNode around) {
            around.remove(names.getLast());
        }
    }

    @Override
    public int compareTo(FieldPath other) {
        return toString().compareTo(other.toString());
    }

    /// As the API's errors name it: `spec.podMACPrefix`.
    @Override
    public String toString() {
        return String.join(".", names);
    }
}
