package dev.underpass.diagnosis.edit;

import dev.underpass.words.Sentence;
import java.util.List;
import java.util.stream.Stream;

/// A field of a spec that people can fill in without knowing how the object is written.
///
/// @param path such as `spec.hijackCIDR`
/// @param choices the only values; empty for any
/// @param byDefault what the API server writes where the field is missing; empty where it writes nothing
public record FormField(String path, Input input, List<String> choices, String byDefault, boolean required) {

    /// How its value is typed.
    public enum Input {
        TEXT,
        CHOICE,
        WHOLE,
        FLAG,
        /// One value a line.
        LINES
    }

    public FormField {
        choices = List.copyOf(choices);
    }

    /// What is wrong where it is required and not there.
    public Sentence missing() {
        return Phrases.REQUIRED.with();
    }

    /// Those of a kind, in the order of its CRD; what is more than a value or a list of values is not among them.
    ///
    /// @throws IllegalArgumentException if nobody edits such objects
    public static List<FormField> of(String kind) {
        var spec = ObjectKind.of(kind)
                .orElseThrow(() -> new IllegalArgumentException("no kind that is edited: " + kind))
                .spec();
        return fields("spec", spec).toList();
    }

    private static Stream<FormField> fields(String path, Shape.Members members) {
        return members.fields().entrySet().stream()
                .flatMap(field -> fields(
                        path + "." + field.getKey(),
                        field.getKey(),
                        field.getValue(),
                        members.required().contains(field.getKey())));
    }

    private static Stream<FormField> fields(String path, String name, Shape shape, boolean required) {
        return switch (shape) {
            case Shape.Text(var allowed)
            when !allowed.isEmpty() -> Stream.of(field(path, name, Input.CHOICE, allowed, required));
            case Shape.Text _ -> Stream.of(field(path, name, Input.TEXT, List.of(), required));
            case Shape.Whole _ -> Stream.of(field(path, name, Input.WHOLE, List.of(), required));
            case Shape.Flag _ -> Stream.of(field(path, name, Input.FLAG, List.of(), required));
            case Shape.Items(var item)
            when item instanceof Shape.Text -> Stream.of(field(path, name, Input.LINES, List.of(), required));
            case Shape.Members settings when name.equals("coordinator") -> fields(path, settings);
            case Shape.Items _, Shape.Members _, Shape.Labels _ -> Stream.empty();
        };
    }

    private static FormField field(String path, String name, Input input, List<String> choices, boolean required) {
        var byDefault = Setting.ALL.stream()
                .filter(setting -> setting.field().equals(name))
                .map(Setting::byDefault)
                .findFirst()
                .orElse("");
        return new FormField(path, input, choices, byDefault, required);
    }
}
