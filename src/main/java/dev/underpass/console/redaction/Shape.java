package dev.underpass.console.redaction;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// What a JSON value becomes.
@FunctionalInterface
interface Shape {

    /// The redacted value; null to leave it out.
    @Nullable
    JsonNode of(JsonNode value);

    /// A text becomes another one; numbers, truth values and null stay, all else is left out.
    static Shape text(Function<String, @Nullable String> change) {
        return each(value -> {
            if (!value.isString()) {
                return value.isContainer() ? null : value;
            }
            var changed = change.apply(value.asString());
            return changed == null ? null : StringNode.valueOf(changed);
        });
    }

    /// A list is passed through.
    static Shape each(Shape item) {
        return value -> {
            if (!value.isArray()) {
                return item.of(value);
            }
            var list = JsonNodeFactory.instance.arrayNode();
            for (var each : value) {
                var changed = item.of(each);
                if (changed != null) {
                    list.add(changed);
                }
            }
            return list;
        };
    }

    /// An object of which only the named fields are kept, or a list of such; null stays.
    final class OfObject implements Shape {

        private final Map<String, Shape> fields = new HashMap<>();

        OfObject with(String field, Shape shape) {
            fields.put(field, shape);
            return this;
        }

        OfObject with(Shape shape, String... names) {
            for (var name : names) {
                fields.put(name, shape);
            }
            return this;
        }

        @Override
        public @Nullable JsonNode of(JsonNode value) {
            return each(this::object).of(value);
        }

        private @Nullable JsonNode object(JsonNode value) {
            if (!value.isObject()) {
                return value.isNull() ? value : null;
            }
            var result = JsonNodeFactory.instance.objectNode();
            for (var property : value.properties()) {
                var shape = fields.get(property.getKey());
                var changed = shape == null ? null : shape.of(property.getValue());
                if (changed != null) {
                    result.set(property.getKey(), changed);
                }
            }
            return result;
        }
    }
}
