package dev.underpass.kubeapi;

import java.util.List;
import java.util.stream.Collectors;

/// The field errors that controllers make with the API machinery's constructors.
final class FieldError {

    private FieldError() {}

    /// @param value as JSON, so a text in quotes
    static Failure.Cause invalid(String field, String value, String detail) {
        return new Failure.Cause("FieldValueInvalid", "Invalid value: %s: %s".formatted(value, detail), field);
    }

    static Failure.Cause invalidText(String field, String value, String detail) {
        return invalid(field, '"' + value + '"', detail);
    }

    static Failure.Cause forbidden(String field, String detail) {
        return new Failure.Cause("FieldValueForbidden", "Forbidden: " + detail, field);
    }

    static Failure.Cause required(String field, String detail) {
        return new Failure.Cause("FieldValueRequired", "Required value: " + detail, field);
    }

    /// @param value as JSON
    static Failure.Cause unsupported(String field, String value, List<String> supported) {
        var list = supported.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
        return new Failure.Cause(
                "FieldValueNotSupported", "Unsupported value: %s: supported values: %s".formatted(value, list), field);
    }
}
