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
        LINES,
        /// A label selector, one term a line: `app=web`, `tier in (front, back)`, `canary`, `!canary`.
        SELECTOR,
        /// One route a line: `10.0.0.0/8 via 10.6.0.1`.
        ROUTES;

        /// Whether it is typed in several lines.
        public boolean lines() {
            return this == LINES || this == SELECTOR || this == ROUTES;
        }
    }

    private static final String SPEC = "spec.";
    private static final String COORDINATOR = "coordinator";

    public FormField {
        choices = List.copyOf(choices);
    }

    /// The part of the spec that it is in, such as `macvlan`; empty for one of the spec itself.
    public String section() {
        int end = path.indexOf('.', SPEC.length());
        return end < 0 ? "" : path.substring(SPEC.length(), end);
    }

    /// Its name in its section, such as `ippools.ipv4`.
    public String name() {
        var section = section();
        return path.substring(SPEC.length() + (section.isEmpty() ? 0 : section.length() + 1));
    }

    /// The part of a SpiderMultusConfig's spec that sets up networks of a type; empty where none does.
    public static String sectionOf(String cniType) {
        return MultusRules.sectionOf(cniType);
    }

    /// What is wrong where it is required and not there.
    public Sentence missing() {
        return Phrases.REQUIRED.with();
    }

    /// Those of a kind, in the order of its CRD; of lists of objects only routes are among them.
    ///
    /// @throws IllegalArgumentException if nobody edits such objects
    public static List<FormField> of(String kind) {
        var object =
                ObjectKind.of(kind).orElseThrow(() -> new IllegalArgumentException("no kind that is edited: " + kind));
        return fields(SPEC, object.spec(), object == ObjectKind.COORDINATOR).toList();
    }

    /// @param settings whether they are the coordinator's, which have defaults
    private static Stream<FormField> fields(String path, Shape.Members members, boolean settings) {
        return members.fields().entrySet().stream()
                .flatMap(field -> fields(
                        path + field.getKey(),
                        field.getValue(),
                        members.required().contains(field.getKey()) && !path.endsWith(".bond."),
                        settings ? byDefault(field.getKey()) : ""));
    }

    private static Stream<FormField> fields(String path, Shape shape, boolean required, String byDefault) {
        return switch (shape) {
            case Shape.Text(var allowed) ->
                Stream.of(new FormField(
                        path, allowed.isEmpty() ? Input.TEXT : Input.CHOICE, allowed, byDefault, required));
            case Shape.Whole _ -> Stream.of(new FormField(path, Input.WHOLE, List.of(), byDefault, required));
            case Shape.Flag _ -> Stream.of(new FormField(path, Input.FLAG, List.of(), byDefault, required));
            case Shape.Items(var item)
            when item instanceof Shape.Text ->
                Stream.of(new FormField(path, Input.LINES, List.of(), byDefault, required));
            case Shape.Items(var item)
            when item.equals(Shapes.ROUTE) ->
                Stream.of(new FormField(path, Input.ROUTES, List.of(), byDefault, required));
            case Shape.Members selector
            when selector.equals(Shapes.SELECTOR) ->
                Stream.of(new FormField(path, Input.SELECTOR, List.of(), byDefault, required));
            case Shape.Members below -> fields(path + ".", below, path.equals(SPEC + COORDINATOR));
            case Shape.Items _, Shape.Labels _ -> Stream.empty();
        };
    }

    private static String byDefault(String name) {
        return Setting.ALL.stream()
                .filter(setting -> setting.field().equals(name))
                .map(Setting::byDefault)
                .findFirst()
                .orElse("");
    }
}
