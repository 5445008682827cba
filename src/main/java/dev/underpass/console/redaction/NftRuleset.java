package dev.underpass.console.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// `nft -j list ruleset` with other addresses and names.
final class NftRuleset {

    private static final Set<String> NAMES = Set.of("name", "table", "chain", "target", "set", "map", "flowtable");

    private final Leaves leaves;
    private final FilterNames names;

    NftRuleset(Leaves leaves, FilterNames names) {
        this.leaves = leaves;
        this.names = names;
    }

    @Nullable
    JsonNode of(JsonNode ruleset) {
        return ruleset.isNull() ? ruleset : value("", ruleset);
    }

    private JsonNode value(String field, JsonNode value) {
        if (value.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> list.add(value(field, item)));
            return list;
        }
        if (value.isObject()) {
            return object(field, value);
        }
        return value.isString() ? StringNode.valueOf(text(field, value.asString())) : value;
    }

    private JsonNode object(String field, JsonNode value) {
        var result = JsonNodeFactory.instance.objectNode();
        for (var property : value.properties()) {
            var key = property.getKey();
            var content = property.getValue();
            boolean logs = field.equals("log") && key.equals("prefix");
            if (field.equals("xt")) {
                // An extension of iptables, by the name that it has everywhere.
                result.set(key, content);
            } else if (logs) {
                result.put(key, "x");
            } else if (key.equals("prefix") && content.path("addr").isString()) {
                result.set(key, prefix(content));
            } else {
                result.set(key, value(key, content));
            }
        }
        return result;
    }

    private JsonNode prefix(JsonNode prefix) {
        int length = prefix.path("len").asInt(0);
        var text = leaves.addresses().of(prefix.path("addr").asString() + "/" + length);
        return JsonNodeFactory.instance
                .objectNode()
                .put("addr", text.map(each -> each.split("/", 2)[0]).orElse("0.0.0.0"))
                .put("len", length);
    }

    private String text(String field, String text) {
        if (field.equals("comment")) {
            return names.comment(text);
        }
        if (text.startsWith("@")) {
            return "@" + names.of(text.substring(1));
        }
        if (NAMES.contains(field) && leaves.addresses().of(text).isEmpty()) {
            return names.of(text);
        }
        return leaves.addresses().of(text).orElse(text);
    }
}
