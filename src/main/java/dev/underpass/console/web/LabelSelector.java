package dev.underpass.console.web;

import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A label selector as objects have it; one without conditions selects all.
///
/// @param node with `matchLabels` and `matchExpressions`, all of which must hold
record LabelSelector(JsonNode node) {

    boolean matches(Map<String, String> labels) {
        return Stream.concat(
                        node.path("matchLabels").properties().stream()
                                .map(label -> label.getValue().asString("").equals(labels.get(label.getKey()))),
                        node.path("matchExpressions").valueStream().map(each -> holds(each, labels)))
                .allMatch(holds -> holds);
    }

    /// Of an operator that the API server would refuse, nothing is known to hold.
    private static boolean holds(JsonNode expression, Map<String, String> labels) {
        var value = labels.get(expression.path("key").asString(""));
        boolean listed = value != null
                && expression
                        .path("values")
                        .valueStream()
                        .anyMatch(each -> each.asString("").equals(value));
        return switch (expression.path("operator").asString("")) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
