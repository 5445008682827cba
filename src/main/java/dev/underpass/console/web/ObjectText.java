package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import dev.underpass.diagnosis.edit.FormField;
import dev.underpass.diagnosis.edit.FormField.Input;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// Objects as people type them: as YAML, or field by field.
final class ObjectText {

    private static final int LONGEST = 1 << 20;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .build();

    private ObjectText() {}

    static String yaml(JsonNode object) {
        return YAML.writeValueAsString(object);
    }

    /// @throws InvalidInputException saying where the text is no object
    static ObjectNode object(String field, String yaml) {
        if (yaml.length() > LONGEST) {
            throw new InvalidInputException(field, Phrases.TOO_LONG.with(LONGEST));
        }
        try {
            refuseAliases(field, yaml);
            if (YAML.readTree(yaml) instanceof ObjectNode object) {
                return object;
            }
            throw new InvalidInputException(field, Phrases.NO_YAML_OBJECT.with());
        } catch (JacksonException e) {
            var at = e.getLocation();
            var reason =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("syntax error");
            throw new InvalidInputException(
                    field,
                    at == null
                            ? Phrases.NOT_YAML.with(reason)
                            : Phrases.NOT_YAML_AT.with(at.getLineNr(), at.getColumnNr(), reason));
        }
    }

    /// An alias would be read as the text of its name.
    private static void refuseAliases(String field, String yaml) {
        try (var parser = (YAMLParser) YAML.createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new InvalidInputException(
                            field,
                            Phrases.YAML_ALIAS.with(
                                    parser.currentTokenLocation().getLineNr(), parser.getString()));
                }
            }
        }
    }

    /// What the form shows of an object: the text of each field.
    static Map<String, String> texts(List<FormField> fields, ObjectNode object) {
        return fields.stream().collect(Collectors.toMap(FormField::path, field -> text(field, object)));
    }

    private static String text(FormField field, ObjectNode object) {
        var value = at(object, field.path());
        return switch (field.input()) {
            case SELECTOR -> value instanceof ObjectNode selector ? FieldLines.selector(selector) : text(value);
            case ROUTES -> value instanceof ArrayNode routes ? FieldLines.routes(routes) : text(value);
            case TEXT, CHOICE, WHOLE, FLAG, LINES -> text(value);
        };
    }

    private static String text(JsonNode value) {
        if (value instanceof ArrayNode list) {
            return list.valueStream().map(ObjectText::text).collect(Collectors.joining("\n"));
        }
        return value.isMissingNode() || value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
    }

    private static JsonNode at(ObjectNode object, String path) {
        JsonNode at = object;
        for (var name : path.split("\\.", -1)) {
            at = at.path(name);
        }
        return at;
    }

    /// Puts what was typed into the object: an empty field is none. What cannot be of the field's type stays as it was
    /// typed, and the rules say so.
    static ObjectNode filled(ObjectNode object, List<FormField> fields, Map<String, String> typed) {
        var filled = object.deepCopy();
        for (var field : fields) {
            var text = typed.get(field.path());
            if (text != null
                    && !text.replace("\r\n", "\n")
                            .strip()
                            .equals(text(field, object).strip())) {
                put(filled, field, text.strip().replace("\r\n", "\n"));
            }
        }
        return filled;
    }

    private static void put(ObjectNode object, FormField field, String text) {
        var names = List.of(field.path().split("\\.", -1));
        var parents = new ArrayDeque<ObjectNode>(List.of(object));
        for (var name : names.subList(0, names.size() - 1)) {
            var at = parents.getLast();
            parents.add(at.get(name) instanceof ObjectNode below ? below : at.putObject(name));
        }
        var last = parents.removeLast();
        if (!text.isEmpty()) {
            last.set(names.getLast(), value(object, field.input(), text));
            return;
        }
        last.remove(names.getLast());
        prune(parents, last, names);
    }

    /// A section of which nothing is left goes too: an empty one would mean something. The spec itself stays.
    private static void prune(Deque<ObjectNode> parents, ObjectNode last, List<String> names) {
        var emptied = last;
        for (int i = names.size() - 2; i > 0 && emptied.isEmpty(); i--) {
            emptied = parents.removeLast();
            emptied.remove(names.get(i));
        }
    }

    private static JsonNode value(ObjectNode any, Input input, String text) {
        var nodes = any.objectNode();
        return switch (input) {
            case LINES -> {
                var list = nodes.arrayNode();
                Stream.of(text.split("[\\n,]", -1))
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(list::add);
                yield list;
            }
            case WHOLE -> text.matches("-?\\d{1,18}") ? nodes.numberNode(Long.parseLong(text)) : nodes.stringNode(text);
            case FLAG ->
                text.equals("true") || text.equals("false")
                        ? nodes.booleanNode(text.equals("true"))
                        : nodes.stringNode(text);
            case SELECTOR -> FieldLines.selector(text);
            case ROUTES -> FieldLines.routesOf(text);
            case TEXT, CHOICE -> nodes.stringNode(text);
        };
    }
}
