package dev.underpass.console.edit;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object without what people do not read or may not edit.
final class Trimmed {

    private static final Set<String> EDITABLE_METADATA = Set.of("labels", "annotations");
    private static final Set<String> IDENTITY = Set.of("name", "namespace");

    private Trimmed() {}

    /// The object as it is shown: all but the managers of its fields.
    static ObjectNode shown(ObjectNode object) {
        var shown = object.deepCopy();
        if (shown.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return shown;
    }

    /// What an edit may change: all but the status and the metadata that belong to the server and to controllers.
    /// A field that is null is none.
    static ObjectNode editable(ObjectNode object) {
        var editable = object.deepCopy();
        editable.remove(List.of("apiVersion", "kind", "status"));
        if (editable.get("metadata") instanceof ObjectNode metadata) {
            metadata.retain(EDITABLE_METADATA);
            if (metadata.isEmpty()) {
                editable.remove("metadata");
            }
        }
        dropNulls(editable);
        return editable;
    }

    /// The same with its type and name: an object that could be made anew.
    static ObjectNode recreatable(ObjectNode object) {
        var result = object.objectNode();
        for (var field : List.of("apiVersion", "kind")) {
            if (object.has(field)) {
                result.set(field, object.get(field));
            }
        }
        var metadata = result.putObject("metadata");
        for (var field : object.path("metadata").properties()) {
            if (IDENTITY.contains(field.getKey()) || EDITABLE_METADATA.contains(field.getKey())) {
                metadata.set(field.getKey(), field.getValue().deepCopy());
            }
        }
        editable(object).properties().stream()
                .filter(field -> !field.getKey().equals("metadata"))
                .forEach(field -> result.set(field.getKey(), field.getValue()));
        dropNulls(result);
        return result;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeNulls();
        }
        node.forEach(Trimmed::dropNulls);
    }

    static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asString("");
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asString("");
    }
}
