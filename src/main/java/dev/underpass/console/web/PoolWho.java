package dev.underpass.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One restriction on who may use a pool; all of a pool's must hold.
///
/// @param field as in the object, which the page has words for
/// @param text what it asks for
record PoolWho(String field, String text) {

    private static final List<String> SELECTORS = List.of("podAffinity", "namespaceAffinity", "nodeAffinity");
    private static final List<String> NAMES = List.of("namespaceName", "nodeName", "multusName");

    static List<PoolWho> of(JsonNode pool) {
        var spec = pool.path("spec");
        var rules = new ArrayList<PoolWho>();
        for (var field : SELECTORS) {
            var text = selector(spec.path(field));
            if (!text.isEmpty()) {
                rules.add(new PoolWho(field, text));
            }
        }
        for (var field : NAMES) {
            var names = spec.path(field)
                    .valueStream()
                    .map(each -> each.asString(""))
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                rules.add(new PoolWho(field, names));
            }
        }
        return rules;
    }

    /// A label selector as `kubectl -l` writes it.
    private static String selector(JsonNode selector) {
        var parts = new ArrayList<String>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        parts.add(label.getKey() + "=" + label.getValue().asString("")));
        for (var expression : selector.path("matchExpressions")) {
            parts.add(expression(expression));
        }
        return String.join(",", parts);
    }

    private static String expression(JsonNode expression) {
        var key = expression.path("key").asString("");
        var values = expression
                .path("values")
                .valueStream()
                .map(each -> each.asString(""))
                .collect(Collectors.joining(","));
        return switch (expression.path("operator").asString("")) {
            case "In" -> "%s in (%s)".formatted(key, values);
            case "NotIn" -> "%s notin (%s)".formatted(key, values);
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            default -> expression.toString();
        };
    }
}
