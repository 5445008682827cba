package dev.underpass.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Label selectors and routes as people type them: selectors as kubectl takes them, routes as `ip route` prints them.
/// What cannot be written so is JSON.
final class FieldLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String KEY = "([^\\s=!,()]+)";
    private static final String VALUE = "([^\\s=!,()]*)";
    private static final Pattern BETWEEN_TERMS = Pattern.compile("\\n|,(?![^()]*\\))");
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*==?\\s*" + VALUE);
    private static final Pattern UNEQUAL = Pattern.compile(KEY + "\\s*!=\\s*" + VALUE);
    private static final Pattern AMONG = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern PRESENT = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern WORD = Pattern.compile(KEY);
    private static final Pattern ROUTE = Pattern.compile("(\\S+)\\s+(?:via\\s+)?(\\S+)");

    private FieldLines() {}

    /// A selector's terms, one a line.
    static String selector(ObjectNode selector) {
        boolean known = Set.of("matchLabels", "matchExpressions").containsAll(selector.propertyNames());
        var terms = Stream.concat(
                        selector.path("matchLabels").properties().stream()
                                .map(label -> term(label.getKey(), label.getValue())),
                        selector.path("matchExpressions").valueStream().map(FieldLines::term))
                .toList();
        return known && !terms.isEmpty() && terms.stream().allMatch(Optional::isPresent)
                ? terms.stream().flatMap(Optional::stream).collect(Collectors.joining("\n"))
                : selector.toString();
    }

    private static Optional<String> term(String key, JsonNode value) {
        return value.isString() ? Optional.of(key + "=" + value.asString()).filter(EQUAL.asMatchPredicate()) : none();
    }

    private static Optional<String> term(JsonNode expression) {
        var key = expression.path("key").asString("");
        var operator = expression.path("operator").asString("");
        var values = expression.path("values");
        boolean known = Set.of("key", "operator", "values").containsAll(expression.propertyNames())
                && values.valueStream().allMatch(JsonNode::isString);
        var texts = values.valueStream().map(value -> value.asString("")).toList();
        boolean plain = texts.stream()
                .allMatch(text -> text.isEmpty() || WORD.matcher(text).matches());
        if (!known || !plain || !WORD.matcher(key).matches()) {
            return none();
        }
        return switch (operator) {
            case "In", "NotIn" ->
                texts.isEmpty()
                        ? none()
                        : Optional.of(
                                key + (operator.equals("In") ? " in (" : " notin (") + String.join(", ", texts) + ")");
            case "Exists", "DoesNotExist" ->
                texts.isEmpty() ? Optional.of((operator.equals("Exists") ? "" : "!") + key) : none();
            default -> none();
        };
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    /// The selector that is typed; the text itself where it is none.
    static JsonNode selector(String text) {
        if (text.startsWith("{")) {
            return json(text);
        }
        var labels = NODES.objectNode();
        var expressions = NODES.arrayNode();
        for (var part : BETWEEN_TERMS.split(text, -1)) {
            if (!part.isBlank() && !read(part.strip(), labels, expressions)) {
                return NODES.stringNode(text);
            }
        }
        var selector = NODES.objectNode();
        if (!labels.isEmpty()) {
            selector.set("matchLabels", labels);
        }
        if (!expressions.isEmpty()) {
            selector.set("matchExpressions", expressions);
        }
        return selector;
    }

    /// Whether it is a term: a label that is to have two values at once is not lost.
    private static boolean read(String term, ObjectNode labels, ArrayNode expressions) {
        var equal = EQUAL.matcher(term);
        var unequal = UNEQUAL.matcher(term);
        var among = AMONG.matcher(term);
        var present = PRESENT.matcher(term);
        if (equal.matches()) {
            if (labels.has(equal.group(1))) {
                add(expressions, equal.group(1), "In", List.of(equal.group(2)));
            } else {
                labels.put(equal.group(1), equal.group(2));
            }
        } else if (unequal.matches()) {
            add(expressions, unequal.group(1), "NotIn", List.of(unequal.group(2)));
        } else if (among.matches()) {
            var values =
                    Stream.of(among.group(3).split(",", -1)).map(String::strip).toList();
            add(expressions, among.group(1), among.group(2).equals("in") ? "In" : "NotIn", values);
        } else if (present.matches()) {
            add(expressions, present.group(2), present.group(1).isEmpty() ? "Exists" : "DoesNotExist", List.of());
        } else {
            return false;
        }
        return true;
    }

    private static void add(ArrayNode expressions, String key, String operator, List<String> values) {
        var expression = expressions.addObject().put("key", key).put("operator", operator);
        if (!values.isEmpty()) {
            values.forEach(expression.putArray("values")::add);
        }
    }

    /// Routes, one a line: `10.0.0.0/8 via 10.6.0.1`.
    static String routes(ArrayNode routes) {
        return routes.valueStream().map(FieldLines::route).collect(Collectors.joining("\n"));
    }

    private static String route(JsonNode route) {
        var dst = route.path("dst").asString("");
        var gateway = route.path("gw").asString("");
        var line = dst + " via " + gateway;
        boolean plain = Set.copyOf(route.propertyNames()).equals(Set.of("dst", "gw"))
                && route.path("dst").isString()
                && route.path("gw").isString()
                && ROUTE.matcher(line).matches();
        return plain ? line : route.isString() ? route.asString() : route.toString();
    }

    /// The routes that are typed; a line that is none stays as it is.
    static ArrayNode routesOf(String text) {
        var routes = new ArrayList<JsonNode>();
        for (var line : text.split("\\n", -1)) {
            var route = ROUTE.matcher(line.strip());
            if (line.strip().startsWith("{")) {
                routes.add(json(line.strip()));
            } else if (route.matches()) {
                routes.add(NODES.objectNode().put("dst", route.group(1)).put("gw", route.group(2)));
            } else if (!line.isBlank()) {
                routes.add(NODES.stringNode(line.strip()));
            }
        }
        return NODES.arrayNode().addAll(routes);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? object : NODES.stringNode(text);
        } catch (JacksonException _) {
            return NODES.stringNode(text);
        }
    }
}
