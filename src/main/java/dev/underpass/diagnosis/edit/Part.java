package dev.underpass.diagnosis.edit;

import dev.underpass.report.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object within an edited object, and its place. A field of another type than the asked one counts as absent here,
/// as [TypeRules] tells of it.
record Part(String path, Map<String, JsonValue> fields) {

    /// A text of a list, and its place.
    record Entry(String path, String text) {}

    static Part of(String path, JsonValue value) {
        return new Part(path, value instanceof JsonValue.Members(var fields) ? fields : Map.of());
    }

    String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /// Whether it is there, and not null.
    boolean has(String field) {
        var value = fields.get(field);
        return value != null && !(value instanceof JsonValue.Nothing);
    }

    /// A text that is not empty.
    Optional<String> text(String field) {
        return fields.get(field) instanceof JsonValue.Text(var text) && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    /// A number that fits into 63 bits.
    Optional<Long> whole(String field) {
        return fields.get(field) instanceof JsonValue.Whole(var number) && number.bitLength() < Long.SIZE
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    boolean flag(String field, boolean absent) {
        return fields.get(field) instanceof JsonValue.Flag(var flag) ? flag : absent;
    }

    Optional<Part> part(String field) {
        return fields.get(field) instanceof JsonValue.Members(var members)
                ? Optional.of(new Part(at(field), members))
                : Optional.empty();
    }

    /// The texts of a list.
    List<Entry> texts(String field) {
        var entries = new ArrayList<Entry>();
        if (fields.get(field) instanceof JsonValue.Items(var values)) {
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof JsonValue.Text(var text)) {
                    entries.add(new Entry(at(field) + "[" + i + "]", text));
                }
            }
        }
        return entries;
    }

    /// The objects of a list.
    List<Part> parts(String field) {
        var parts = new ArrayList<Part>();
        if (fields.get(field) instanceof JsonValue.Items(var values)) {
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof JsonValue.Members(var members)) {
                    parts.add(new Part(at(field) + "[" + i + "]", members));
                }
            }
        }
        return parts;
    }
}
