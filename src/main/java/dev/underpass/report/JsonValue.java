package dev.underpass.report;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A value of a JSON document as it was written, for those who judge documents of any shape.
public sealed interface JsonValue {

    /// A text.
    record Text(String value) implements JsonValue {}

    /// A number without fraction or exponent.
    record Whole(BigInteger value) implements JsonValue {}

    /// Any other number.
    ///
    /// @param text as it prints, such as `1.5`
    record Fraction(String text) implements JsonValue {}

    /// `true` or `false`.
    record Flag(boolean value) implements JsonValue {}

    /// A list.
    record Items(List<JsonValue> values) implements JsonValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object, its fields in their order.
    record Members(Map<String, JsonValue> values) implements JsonValue {
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// `null`.
    record Nothing() implements JsonValue {}

    /// What lies so deep that it is not looked at.
    record TooDeep() implements JsonValue {}

    /// No object of Kubernetes nests deeper than this.
    int MOST_LEVELS = 32;

    /// A Jackson node as one of these values.
    static JsonValue of(JsonNode node) {
        return of(node, MOST_LEVELS);
    }

    private static JsonValue of(JsonNode node, int levels) {
        if (node.isContainer() && levels == 0) {
            return new TooDeep();
        }
        return switch (node.getNodeType()) {
            case OBJECT -> members(node, levels - 1);
            case ARRAY -> items(node, levels - 1);
            case NUMBER -> node.isIntegralNumber() ? new Whole(node.bigIntegerValue()) : new Fraction(node.asString());
            case BOOLEAN -> new Flag(node.booleanValue());
            case STRING -> new Text(node.stringValue());
            case NULL, MISSING -> new Nothing();
            case BINARY, POJO -> new Text(node.toString());
        };
    }

    private static Members members(JsonNode node, int levels) {
        var values = new LinkedHashMap<String, JsonValue>();
        node.properties().forEach(property -> values.put(property.getKey(), of(property.getValue(), levels)));
        return new Members(values);
    }

    private static Items items(JsonNode node, int levels) {
        var values = new ArrayList<JsonValue>(node.size());
        node.forEach(item -> values.add(of(item, levels)));
        return new Items(values);
    }
}
