package dev.underpass.diagnosis.edit;

import dev.underpass.report.JsonValue;
import dev.underpass.report.JsonValue.Items;
import dev.underpass.report.JsonValue.Members;
import java.math.BigInteger;
import java.util.Map;

/// The first ring: each field has the type, the range and the values that the CRD gives it, and no other is there.
final class TypeRules {

    private final Problems problems;

    TypeRules(Problems problems) {
        this.problems = problems;
    }

    void check(String path, JsonValue value, Shape shape) {
        if (value instanceof JsonValue.Nothing) {
            problems.refuse(path, "null is no value: leave the field out, or give it %s".formatted(wanted(shape)));
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
        var hint = value instanceof JsonValue.Text && (shape instanceof Shape.Whole || shape instanceof Shape.Flag)
                ? "; write it without quotes"
                : "";
        problems.refuse(path, "%s is not %s%s".formatted(described(value), wanted(shape), hint));
    }

    private static String wanted(Shape shape) {
        return switch (shape) {
            case Shape.Text(var allowed) when !allowed.isEmpty() -> "one of " + String.join(", ", allowed);
            case Shape.Text _ -> "a text";
            case Shape.Whole _ -> "a whole number";
            case Shape.Flag _ -> "true or false";
            case Shape.Items _ -> "a list";
            case Shape.Members _, Shape.Labels _ -> "an object";
        };
    }

    private static String described(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(var text) -> "the text " + Words.quoted(text);
            case JsonValue.Whole(var number) -> "the number " + Words.shortened(number.toString());
            case JsonValue.Fraction(var text) -> "the number " + Words.shortened(text);
            case JsonValue.Flag(var flag) -> String.valueOf(flag);
            case Items(var values) -> "a list of %d".formatted(values.size());
            case Members _ -> "an object";
            case JsonValue.Nothing _ -> "null";
            case JsonValue.TooDeep _ -> "something nested too deeply";
        };
    }

    private void text(String path, JsonValue value, Shape.Text shape) {
        if (!(value instanceof JsonValue.Text(var text))) {
            mistyped(path, value, shape);
        } else if (!shape.allowed().isEmpty() && !shape.allowed().contains(text)) {
            problems.refuse(
                    path,
                    "%s is not known: it must be one of %s"
                            .formatted(Words.quoted(text), String.join(", ", shape.allowed())));
        }
    }

    private void whole(String path, JsonValue value, Shape.Whole shape) {
        if (!(value instanceof JsonValue.Whole(var number))) {
            mistyped(path, value, shape);
        } else if (number.compareTo(BigInteger.valueOf(shape.least())) < 0
                || number.compareTo(BigInteger.valueOf(shape.most())) > 0) {
            problems.refuse(path, "%s is out of range: %s".formatted(Words.shortened(number.toString()), shape.why()));
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
                .forEach(name -> problems.refuse(path + "." + name, "is missing: it is required"));
    }

    private void unknown(String path, String name, Map<String, Shape> fields) {
        var meant = fields.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(name))
                .findFirst()
                .map(known -> "; it is written " + known)
                .orElse(fields.size() > 20 ? "" : "; there are " + String.join(", ", fields.keySet()));
        problems.refuse(
                path + "." + Words.shortened(name),
                "unknown field %s: the API server would drop it silently%s".formatted(Words.quoted(name), meant));
    }

    private void labels(String path, JsonValue value) {
        if (!(value instanceof Members(var values))) {
            mistyped(path, value, new Shape.Labels());
            return;
        }
        values.forEach((name, label) -> check(path + "." + Words.shortened(name), label, Shape.TEXT));
    }
}
