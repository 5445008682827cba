package dev.underpass.report;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON object kept as its text, because whoever passes it on need not look into it.
public record JsonText(String text) {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /// The text of `nft -j list ruleset` where there are no rules.
    public static final JsonText NO_RULES = new JsonText("{\"nftables\":[]}");

    /// The text of a tree of maps, lists, texts and numbers.
    public static JsonText of(Map<String, ?> tree) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, tree);
        }
        return new JsonText(text.toString());
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> fields -> {
                json.writeStartObject();
                fields.forEach((name, each) -> {
                    json.writeName(String.valueOf(name));
                    write(json, each);
                });
                json.writeEndObject();
            }
            case List<?> items -> {
                json.writeStartArray();
                items.forEach(each -> write(json, each));
                json.writeEndArray();
            }
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Number number -> json.writeRawValue(number.toString());
            default -> json.writeString(value.toString());
        }
    }

    /// The object as a tree of maps, lists, texts and numbers.
    ///
    /// Read without the mapper, which would take 6 MiB of an agent.
    ///
    /// @throws IllegalArgumentException if the text is no JSON object
    public Map<String, ?> tree() {
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            var tree = object(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("not one JSON object: something follows it");
            }
            return tree;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser json) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser json) {
        var items = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(json));
        }
        return items;
    }

    private static @Nullable Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            default -> json.getString();
        };
    }
}
