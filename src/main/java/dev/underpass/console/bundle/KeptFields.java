package dev.underpass.console.bundle;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The fields of an object that are kept, as a tree; a field without further ones is kept with all that it holds.
final class KeptFields {

    private final Map<String, KeptFields> fields = new HashMap<>();

    /// Paths such as `spec.containers.ports`; lists are passed through.
    static KeptFields of(String... paths) {
        var root = new KeptFields();
        for (var path : paths) {
            var at = root;
            for (var field : path.split("\\.", -1)) {
                at = at.fields.computeIfAbsent(field, _ -> new KeptFields());
            }
        }
        return root;
    }

    /// What of the value is kept.
    JsonNode in(JsonNode value) {
        if (fields.isEmpty()) {
            return value;
        }
        if (value.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> list.add(in(item)));
            return list;
        }
        var object = JsonNodeFactory.instance.objectNode();
        for (var property : value.properties()) {
            var field = fields.get(property.getKey());
            if (field != null) {
                object.set(property.getKey(), field.in(property.getValue()));
            }
        }
        return object;
    }
}
