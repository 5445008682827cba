package dev.underpass.kubeapi;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Kubernetes objects as JSON trees.
final class Json {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /// YAML's flow style starts alike, but for its unquoted names.
    private static final Pattern STARTS_JSON = Pattern.compile("\\s*[\\[{]\\s*[\"\\[{}\\]]");

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// One document of YAML, of which JSON is a part.
    ///
    /// @throws IllegalArgumentException where it is no object
    static ObjectNode parse(String text) {
        return asObject(tree(text));
    }

    /// @throws IllegalArgumentException where the text is neither JSON nor YAML
    static JsonNode tree(String text) {
        try {
            return STARTS_JSON.matcher(text).lookingAt() ? JSON.readTree(text) : YAML.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    static ObjectNode asObject(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not an object: " + node);
    }

    /// The object at a field, made where it is absent.
    static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode present ? present : parent.putObject(field);
    }

    static String text(JsonNode node, String... path) {
        var at = node;
        for (var field : path) {
            at = at.path(field);
        }
        return at.asString("");
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.asString(""))
                .toList();
    }
}
