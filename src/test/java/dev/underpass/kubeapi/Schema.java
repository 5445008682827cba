package dev.underpass.kubeapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The structural schema of a custom resource: prunes, fills in defaults, and validates as an API server does.
record Schema(JsonNode root) {

    private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

    /// Whether the fields of an object have one owner together.
    static boolean atomic(JsonNode schema) {
        return Json.text(schema, "x-kubernetes-map-type").equals("atomic");
    }

    static JsonNode property(JsonNode schema, String name) {
        var property = schema.path("properties").path(name);
        return property.isMissingNode() ? schema.path("additionalProperties") : property;
    }

    /// Removes what the schema does not know.
    ///
    /// @return the removed fields, such as `spec.hostRPFilter`
    List<String> prune(ObjectNode object) {
        var unknown = new ArrayList<String>();
        prune(root, object, "", unknown);
        return unknown;
    }

    private static void prune(JsonNode schema, JsonNode value, String at, List<String> unknown) {
        switch (value) {
            case ObjectNode object -> pruneFields(schema, object, at, unknown);
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    prune(schema.path("items"), array.get(i), at + "[" + i + "]", unknown);
                }
            }
            default -> {}
        }
    }

    private static void pruneFields(JsonNode schema, ObjectNode object, String at, List<String> unknown) {
        for (var name : List.copyOf(object.propertyNames())) {
            if (at.isEmpty() && ENVELOPE.contains(name)) {
                continue;
            }
            var path = at.isEmpty() ? name : at + "." + name;
            var property = property(schema, name);
            if (!property.isMissingNode()) {
                prune(property, object.path(name), path, unknown);
            } else if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)) {
                object.remove(name);
                unknown.add(path);
            }
        }
    }

    void fillIn(ObjectNode object) {
        fillIn(root, object);
    }

    private static void fillIn(JsonNode schema, JsonNode value) {
        if (value instanceof ArrayNode array) {
            array.forEach(item -> fillIn(schema.path("items"), item));
        }
        if (!(value instanceof ObjectNode object)) {
            return;
        }
        for (var property : schema.path("properties").properties()) {
            if (property.getValue().has("default") && isAbsent(object.path(property.getKey()))) {
                object.set(property.getKey(), property.getValue().get("default").deepCopy());
            }
        }
        for (var field : object.properties()) {
            fillIn(property(schema, field.getKey()), field.getValue());
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    List<Failure.Cause> errors(ObjectNode object) {
        var errors = new ArrayList<Failure.Cause>();
        check(root, object, "", errors);
        return errors;
    }

    private static void check(JsonNode schema, JsonNode value, String at, List<Failure.Cause> errors) {
        var wanted = Json.text(schema, "type");
        var type = typeOf(value);
        if (!wanted.isEmpty() && !wanted.equals(type) && !(wanted.equals("number") && type.equals("integer"))) {
            var message =
                    "Invalid value: \"%s\": %s in body must be of type %s: \"%s\"".formatted(type, at, wanted, type);
            errors.add(new Failure.Cause("FieldValueTypeInvalid", message, at));
            return;
        }
        checkValue(schema, value, at, errors);
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                check(schema.path("items"), array.get(i), at + "[" + i + "]", errors);
            }
        }
        if (value instanceof ObjectNode object) {
            checkFields(schema, object, at, errors);
        }
    }

    private static void checkFields(JsonNode schema, ObjectNode object, String at, List<Failure.Cause> errors) {
        for (var required : schema.path("required")) {
            if (!object.has(required.asString(""))) {
                errors.add(new Failure.Cause("FieldValueRequired", "Required value", path(at, required.asString(""))));
            }
        }
        for (var field : object.properties()) {
            if (!(at.isEmpty() && ENVELOPE.contains(field.getKey()))) {
                check(property(schema, field.getKey()), field.getValue(), path(at, field.getKey()), errors);
            }
        }
    }

    private static String path(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private static void checkValue(JsonNode schema, JsonNode value, String at, List<Failure.Cause> errors) {
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            var supported = Json.texts(schema.get("enum")).stream()
                    .map(text -> '"' + text + '"')
                    .collect(Collectors.joining(", "));
            errors.add(new Failure.Cause(
                    "FieldValueNotSupported",
                    "Unsupported value: %s: supported values: %s".formatted(value, supported),
                    at));
        }
        if (schema.has("minimum") && value.asDouble(0) < schema.get("minimum").asDouble()) {
            errors.add(outside(value, at, "greater", schema.get("minimum")));
        }
        if (schema.has("maximum") && value.asDouble(0) > schema.get("maximum").asDouble()) {
            errors.add(outside(value, at, "less", schema.get("maximum")));
        }
    }

    private static Failure.Cause outside(JsonNode value, String at, String than, JsonNode limit) {
        var message =
                "Invalid value: %s: %s in body should be %s than or equal to %s".formatted(value, at, than, limit);
        return new Failure.Cause("FieldValueInvalid", message, at);
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (var candidate : values) {
            if (candidate.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }
}
