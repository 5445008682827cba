package dev.underpass.diagnosis.edit;

import dev.underpass.report.JsonValue;
import dev.underpass.report.JsonValue.Items;
import dev.underpass.report.JsonValue.Members;
import dev.underpass.words.Sentence;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/// The first ring: each field has the type, the range and the values that the CRD gives it, and no other is there.
final class TypeRules {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    private final Problems problems;

    TypeRules(Problems problems) {
        this.problems = problems;
    }

    void check(String path, JsonValue value, Shape shape) {
        if (value instanceof JsonValue.Nothing) {
            problems.refuse(path, Phrases.NULL.with(wanted(shape)));
            return;
        }
        switch (shape) {
            case Shape.Text text -> text(path, value, text);
            case Shape.Whole whole -> whole(path, value, whole);
            case Shape.Flag _ -> {
                if (!(value instanceof JsonValue.Flag)) {
                    mistyped(path, value, shape);
                }
            }
            case Shape.Items items -> items(path, value, items);
            case Shape.Members members -> members(path, value, members);
            case Shape.Labels _ -> labels(path, value);
        }
    }

    private void mistyped(String path, JsonValue value, Shape shape) {
        var hint = value instanceof JsonValue.Text(var text) && isQuoted(text, shape)
                ? Phrases.WITHOUT_QUOTES.with()
                : Sentence.NONE;
        problems.refuse(path, Phrases.MISTYPED.with(described(value), wanted(shape), hint));
    }

    /// Whether a text would be what is wanted, were it no text.
    private static boolean isQuoted(String text, Shape shape) {
        return switch (shape) {
            case Shape.Whole _ -> WHOLE.matcher(text).matches();
            case Shape.Flag _ -> text.equals("true") || text.equals("false");
            case Shape.Text _, Shape.Items _, Shape.Members _, Shape.Labels _ -> false;
        };
    }

    private static Sentence wanted(Shape shape) {
        return switch (shape) {
            case Shape.Text(var allowed) when !allowed.isEmpty() -> Phrases.ONE_OF.with(String.join(", ", allowed));
            case Shape.Text _ -> Phrases.A_TEXT.with();
            case Shape.Whole _ -> Phrases.A_WHOLE_NUMBER.with();
            case Shape.Flag _ -> Phrases.TRUE_OR_FALSE.with();
            case Shape.Items _ -> Phrases.A_LIST.with();
            case Shape.Members _, Shape.Labels _ -> Phrases.AN_OBJECT.with();
        };
    }

    private static Sentence described(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(var text) -> Phrases.THE_TEXT.with(Words.quoted(text));
            case JsonValue.Whole(var number) -> Phrases.THE_NUMBER.with(Words.shortened(number.toString()));
            case JsonValue.Fraction(var text) -> Phrases.THE_NUMBER.with(Words.shortened(text));
            case JsonValue.Flag(var flag) -> Sentence.line(String.valueOf(flag));
            case Items(var values) -> Phrases.A_LIST_OF.with(values.size());
            case Members _ -> Phrases.AN_OBJECT.with();
            case JsonValue.Nothing _ -> Sentence.line("null");
            case JsonValue.TooDeep _ -> Phrases.TOO_DEEP.with();
        };
    }

    private void text(String path, JsonValue value, Shape.Text shape) {
        if (!(value instanceof JsonValue.Text(var text))) {
            mistyped(path, value, shape);
        } else if (!shape.allowed().isEmpty() && !shape.allowed().contains(text)) {
            problems.refuse(path, Phrases.NOT_KNOWN.with(Words.quoted(text), String.join(", ", shape.allowed())));
        }
    }

    private void whole(String path, JsonValue value, Shape.Whole shape) {
        if (!(value instanceof JsonValue.Whole(var number))) {
            mistyped(path, value, shape);
        } else if (number.compareTo(BigInteger.valueOf(shape.least())) < 0
                || number.compareTo(BigInteger.valueOf(shape.most())) > 0) {
            problems.refuse(path, Phrases.OUT_OF_RANGE.with(Words.shortened(number.toString()), shape.why()));
        }
    }

    private void items(String path, JsonValue value, Shape.Items shape) {
        if (!(value instanceof Items(var values))) {
            mistyped(path, value, shape);
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            check(path + "[" + i + "]", values.get(i), shape.item());
        }
    }

    private void members(String path, JsonValue value, Shape.Members shape) {
        if (!(value instanceof Members(var values))) {
            mistyped(path, value, shape);
            return;
        }
        values.forEach((name, field) -> {
            var known = shape.fields().get(name);
            if (known == null) {
                unknown(path, name, shape.fields());
            } else {
                check(path + "." + name, field, known);
            }
        });
        shape.required().stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> problems.refuse(path + "." + name, Phrases.REQUIRED.with()));
    }

    private void unknown(String path, String name, Map<String, Shape> fields) {
        var meant = fields.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(name))
                .findFirst()
                .map(known -> Phrases.WRITTEN.with(known))
                .orElseGet(() -> fields.size() > 20
                        ? Sentence.NONE
                        : Phrases.THERE_ARE.with(String.join(", ", fields.keySet())));
        problems.refuse(path + "." + Words.shortened(name), Phrases.UNKNOWN_FIELD.with(Words.quoted(name), meant));
    }

    private void labels(String path, JsonValue value) {
        if (!(value instanceof Members(var values))) {
            mistyped(path, value, new Shape.Labels());
            return;
        }
        values.forEach((name, label) -> check(path + "." + Words.shortened(name), label, Shape.TEXT));
    }
}
