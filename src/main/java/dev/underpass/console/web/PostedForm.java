package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.diagnosis.edit.Edit.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/// A form of an edit as a browser sends it.
final class PostedForm {

    private static final String FIELD = "field.";

    private PostedForm() {}

    /// @param path that it was sent to: it says which object is edited, or deleted
    static EditForm of(EditSection section, String path, MultiValueMap<String, String> form) {
        var operation = operation(text(form, "operation"));
        var parts = List.of(path.split("/", -1));
        var named = operation == Operation.CREATE
                ? List.of(text(form, "namespace"), text(form, "name"))
                : parts.subList(2, parts.size() - 1);
        var shown = text(form, "shown");
        var before = EditForm.read(section, shown).orElse(Map.of());
        var typed = new LinkedHashMap<String, String>();
        form.forEach((name, values) -> {
            var field = name.startsWith(FIELD) ? name.substring(FIELD.length()) : "";
            if (!field.isEmpty() && !EditForm.same(values.getLast(), before.get(field))) {
                typed.put(field, values.getLast());
            }
        });
        return new EditForm(
                section,
                operation,
                named.size() == 2 ? named.getFirst() : "",
                named.getLast(),
                text(form, "version"),
                text(form, "base"),
                form.containsKey("yaml") ? text(form, "yaml") : shown,
                typed,
                shown,
                text(form, "force").equals("true"),
                text(form, "draft"));
    }

    private static String text(MultiValueMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value;
    }

    private static Operation operation(String text) {
        try {
            return Operation.valueOf(text);
        } catch (IllegalArgumentException _) {
            throw new InvalidInputException("operation", "not CREATE, UPDATE or DELETE: '" + text + "'");
        }
    }
}
