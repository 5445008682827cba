package dev.underpass.report;

import dev.underpass.net.DeviceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An object of a JSON document together with its place, so that every error can name it.
public final class Fields {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode node;
    private final String place;

    private Fields(JsonNode node, String place) {
        this.node = node;
        this.place = place;
    }

    /// The object that a text holds.
    ///
    /// @throws ReportFormatException if it is no JSON object
    public static Fields parse(String json) throws ReportFormatException {
        try {
            return of(MAPPER.readTree(json), "");
        } catch (JacksonException e) {
            throw new ReportFormatException("", "not JSON: " + e.getOriginalMessage());
        }
    }

    /// The object at a place; the empty place is the document itself.
    ///
    /// @throws ReportFormatException if it is no object
    public static Fields of(JsonNode node, String place) throws ReportFormatException {
        if (!node.isObject()) {
            throw new ReportFormatException(place, "not an object");
        }
        return new Fields(node, place);
    }

    /// Turns one value into one of ours.
    @FunctionalInterface
    public interface Reader<T> {
        T read(Fields fields) throws ReportFormatException;
    }

    /// Turns text into a value; an [IllegalArgumentException] becomes an error at the field's place.
    @FunctionalInterface
    public interface TextReader<T> {
        T read(String text);
    }

    /// An error at one of its fields.
    public ReportFormatException error(String field, String reason) {
        return new ReportFormatException(at(field), reason);
    }

    private String at(String field) {
        return place.isEmpty() ? field : place + "." + field;
    }

    /// Whether the field is there, null or not.
    public boolean has(String field) {
        return node.has(field);
    }

    /// Whether the field is there and not null.
    public boolean present(String field) {
        return node.hasNonNull(field);
    }

    /// The field as it is, null when missing.
    public @Nullable JsonNode raw(String field) {
        return node.hasNonNull(field) ? node.get(field) : null;
    }

    /// A text, number or boolean as text; null when missing.
    public @Nullable String optionalText(String field) throws ReportFormatException {
        var value = raw(field);
        if (value == null) {
            return null;
        }
        if (!value.isValueNode()) {
            throw error(field, "not a text");
        }
        return value.asString();
    }

    /// A text that must be there.
    public String text(String field) throws ReportFormatException {
        var text = optionalText(field);
        if (text == null) {
            throw error(field, "missing");
        }
        return text;
    }

    /// A text, or what stands for a missing one.
    public String text(String field, String absent) throws ReportFormatException {
        var text = optionalText(field);
        return text == null ? absent : text;
    }

    /// A value read from a text that must be there.
    public <T> T value(String field, TextReader<T> reader) throws ReportFormatException {
        return parse(field, text(field), reader);
    }

    /// A value read from a text, or what stands for a missing one.
    public <T> T value(String field, T absent, TextReader<T> reader) throws ReportFormatException {
        var value = optional(field, reader);
        return value == null ? absent : value;
    }

    /// A value read from a text; null when missing.
    public <T> @Nullable T optional(String field, TextReader<T> reader) throws ReportFormatException {
        var text = optionalText(field);
        return text == null ? null : parse(field, text, reader);
    }

    private <T> T parse(String field, String text, TextReader<T> reader) throws ReportFormatException {
        try {
            return reader.read(text);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw error(field, String.valueOf(e.getMessage()));
        }
    }

    /// A number; null when missing.
    public @Nullable Integer optionalInt(String field) throws ReportFormatException {
        return optional(field, Integer::decode);
    }

    /// A number, or what stands for a missing one.
    public int integer(String field, int absent) throws ReportFormatException {
        var value = optionalInt(field);
        return value == null ? absent : value;
    }

    /// A number of 64 bits, or what stands for a missing one.
    public long number(String field, long absent) throws ReportFormatException {
        var value = optional(field, Long::decode);
        return value == null ? absent : value;
    }

    /// A device name; null when missing.
    public @Nullable DeviceName optionalDevice(String field) throws ReportFormatException {
        return optional(field, DeviceName::new);
    }

    /// The objects of a list; null when the section is missing or null.
    public <T> @Nullable List<T> optionalList(String field, Reader<T> reader) throws ReportFormatException {
        var value = raw(field);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw error(field, "not a list");
        }
        var result = new ArrayList<T>();
        for (int i = 0; i < value.size(); i++) {
            result.add(item(value.get(i), at(field) + "[" + i + "]", reader));
        }
        return result;
    }

    private static <T> T item(JsonNode item, String where, Reader<T> reader) throws ReportFormatException {
        try {
            return reader.read(of(item, where));
        } catch (IllegalArgumentException e) {
            throw new ReportFormatException(where, String.valueOf(e.getMessage()));
        }
    }

    /// The objects of a list; none when it is missing.
    public <T> List<T> list(String field, Reader<T> reader) throws ReportFormatException {
        var list = optionalList(field, reader);
        return list == null ? List.of() : list;
    }

    /// The texts of a list.
    public List<String> texts(String field) throws ReportFormatException {
        var value = raw(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw error(field, "not a list");
        }
        if (!value.valueStream().allMatch(JsonNode::isValueNode)) {
            throw error(field, "not a list of texts");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /// An object; null when missing.
    public @Nullable Fields optionalObject(String field) throws ReportFormatException {
        var value = raw(field);
        return value == null ? null : of(value, at(field));
    }

    /// An object that must be there.
    public Fields object(String field) throws ReportFormatException {
        var value = optionalObject(field);
        if (value == null) {
            throw error(field, "missing");
        }
        return value;
    }

    /// A flat object as texts by name; null when missing.
    public @Nullable Map<String, String> optionalMap(String field) throws ReportFormatException {
        var value = raw(field);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw error(field, "not an object");
        }
        var result = new LinkedHashMap<String, String>();
        for (var property : value.properties()) {
            if (!property.getValue().isValueNode()) {
                throw error(field + "." + property.getKey(), "not a text");
            }
            result.put(property.getKey(), property.getValue().asString());
        }
        return result;
    }

    /// All fields in their order, whatever they hold.
    public Map<String, JsonValue> values() {
        return JsonValue.of(node) instanceof JsonValue.Members members ? members.values() : Map.of();
    }

    /// The names of the fields whose value is `true`.
    List<String> trueFields() {
        return node.properties().stream()
                .filter(property ->
                        property.getValue().isBoolean() && property.getValue().asBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }
}
