package dev.underpass.kubeapi;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Merge patches (RFC 7396) and JSON patches (RFC 6902).
final class Patches {

    private Patches() {}

    static ObjectNode merged(ObjectNode object, ObjectNode patch) {
        var merged = object.deepCopy();
        merge(merged, patch);
        return merged;
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        for (var field : patch.properties()) {
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode below) {
                merge(Json.child(into, field.getKey()), below);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }

    /// @throws Failure where an operation does not fit the object
    static ObjectNode edited(ObjectNode object, JsonNode operations) {
        JsonNode edited = object.deepCopy();
        for (var operation : operations) {
            var path = Json.text(operation, "path");
            switch (Json.text(operation, "op")) {
                case "add" -> edited = put(edited, path, operation.path("value"), true);
                case "replace" -> {
                    found(edited, path);
                    edited = put(edited, path, operation.path("value"), false);
                }
                case "remove" -> remove(edited, path);
                case "test" -> test(edited, path, operation.path("value"));
                case "copy" -> edited = put(edited, path, found(edited, Json.text(operation, "from")), true);
                case "move" -> {
                    var moved = found(edited, Json.text(operation, "from"));
                    remove(edited, Json.text(operation, "from"));
                    edited = put(edited, path, moved, true);
                }
                default -> throw refused("Unexpected kind: " + Json.text(operation, "op"));
            }
        }
        return Json.asObject(edited);
    }

    private static Failure refused(String why) {
        return new Failure(422, "Invalid", "the server rejected our request due to an error in our request: " + why);
    }

    private static JsonNode found(JsonNode root, String path) {
        var at = root;
        for (var step : steps(path)) {
            at = at instanceof ArrayNode array ? array.path(index(step, array)) : at.path(step);
        }
        if (at.isMissingNode()) {
            throw refused("path does not exist: " + path);
        }
        return at;
    }

    private static List<String> steps(String path) {
        return List.of(path.split("/", -1)).stream()
                .skip(1)
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static int index(String step, ArrayNode array) {
        try {
            return step.equals("-") ? array.size() : Integer.parseInt(step);
        } catch (NumberFormatException e) {
            throw refused("no index: " + step);
        }
    }

    private static JsonNode put(JsonNode root, String path, JsonNode value, boolean insert) {
        if (path.isEmpty()) {
            return value.deepCopy();
        }
        var step = steps(path).getLast();
        switch (found(root, path.substring(0, path.lastIndexOf('/')))) {
            case ObjectNode object -> object.set(step, value.deepCopy());
            case ArrayNode array when insert -> array.insert(index(step, array), value.deepCopy());
            case ArrayNode array -> array.set(index(step, array), value.deepCopy());
            default -> throw refused("not a container: " + path);
        }
        return root;
    }

    private static void remove(JsonNode root, String path) {
        found(root, path);
        var step = steps(path).getLast();
        switch (found(root, path.substring(0, path.lastIndexOf('/')))) {
            case ObjectNode object -> object.remove(step);
            case ArrayNode array -> array.remove(index(step, array));
            default -> throw refused("not a container: " + path);
        }
    }

    private static void test(JsonNode root, String path, JsonNode value) {
        if (!found(root, path).equals(value)) {
            throw refused("testing path %s value failed".formatted(path));
        }
    }
}
