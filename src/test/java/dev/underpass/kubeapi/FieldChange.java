package dev.underpass.kubeapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields that differ between two states of an object.
///
/// @param touched those that are new or have a new value
record FieldChange(FieldSet touched, FieldSet removed) {

    static FieldChange between(ObjectNode before, ObjectNode after, JsonNode schema) {
        var old = FieldSet.all(before, schema);
        var now = FieldSet.all(after, schema);
        var touched = now.filtered(path -> {
            var value = FieldSet.at(after, path);
            var was = FieldSet.at(before, path);
            return was.isMissingNode() || (isLeaf(value) && !value.equals(was));
        });
        return new FieldChange(touched, old.without(now));
    }

    private static boolean isLeaf(JsonNode value) {
        return !(value instanceof ObjectNode object) || object.isEmpty();
    }
}
