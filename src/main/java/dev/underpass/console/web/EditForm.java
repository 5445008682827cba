package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.Meanwhile;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.FormField;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a page of an edit carries from step to step: the draft as text.
///
/// @param namespace empty for objects of the cluster
/// @param name empty while it is not known
/// @param version of the object when the edit began; empty when it is to be created
/// @param base the object when the edit began, as YAML; empty when it is to be created
/// @param yaml the object that is to be
/// @param typed what was typed into fields, by path
/// @param draft the kept draft that it was; empty for none
record EditForm(
        EditSection section,
        Operation operation,
        String namespace,
        String name,
        String version,
        String base,
        String yaml,
        Map<String, String> typed,
        boolean force,
        String draft) {

    private static final String FIELD = "field.";

    static EditForm of(EditSection section, Draft draft) {
        var base = draft.base();
        return new EditForm(
                section,
                draft.operation(),
                draft.object().namespace(),
                draft.object().name(),
                draft.version(),
                base == null ? "" : ObjectText.yaml(base),
                ObjectText.yaml(draft.wanted()),
                Map.of(),
                draft.force(),
                "");
    }

    /// An object that is to be created.
    static EditForm empty(EditSection section) {
        var object = JsonNodeFactory.instance.objectNode();
        var kind = section.kind().kind();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        var metadata = object.putObject("metadata");
        if (kind.namespaced()) {
            metadata.put("namespace", "");
        }
        metadata.put("name", "");
        object.putObject("spec");
        return new EditForm(section, Operation.CREATE, "", "", "", "", ObjectText.yaml(object), Map.of(), false, "");
    }

    /// @param path that it was sent to: it says which object is edited, or deleted
    static EditForm posted(EditSection section, String path, MultiValueMap<String, String> form) {
        var operation = operation(text(form, "operation"));
        var parts = List.of(path.split("/", -1));
        var named = operation == Operation.CREATE
                ? List.of(text(form, "namespace"), text(form, "name"))
                : parts.subList(2, parts.size() - 1);
        var typed = new LinkedHashMap<String, String>();
        form.forEach((name, values) -> {
            if (name.startsWith(FIELD)) {
                typed.put(name.substring(FIELD.length()), values.getLast());
            }
        });
        return new EditForm(
                section,
                operation,
                named.size() == 2 ? named.getFirst() : "",
                named.getLast(),
                text(form, "version"),
                text(form, "base"),
                text(form, "yaml"),
                typed,
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

    /// The same with a text in a field.
    EditForm with(String field, String text) {
        var filled = ObjectText.filled(ObjectText.object("yaml", yaml), section.fields(), Map.of(field, text));
        return new EditForm(
                section, operation, namespace, name, version, base, ObjectText.yaml(filled), typed, force, draft);
    }

    /// The same as a kept draft.
    EditForm kept(String id) {
        return new EditForm(section, operation, namespace, name, version, base, yaml, typed, force, id);
    }

    /// How much is kept of it.
    int characters() {
        return base.length()
                + yaml.length()
                + typed.values().stream().mapToInt(String::length).sum();
    }

    /// The draft that was typed.
    ///
    /// @throws InvalidInputException naming what cannot be understood
    Draft draftOf() {
        var wanted = ObjectText.filled(ObjectText.object("yaml", yaml), section.fields(), typed);
        return new Draft(
                operation == Operation.CREATE ? named(wanted) : object(),
                operation,
                base.isEmpty() ? null : ObjectText.object("base", base),
                version,
                wanted,
                force);
    }

    /// The object that is there.
    ObjectRef object() {
        return new ObjectRef(section.kind(), namespace, name);
    }

    /// The object that is to be created: its name is in the text, or in the fields beside it.
    private ObjectRef named(ObjectNode wanted) {
        var metadata = wanted.get("metadata") instanceof ObjectNode there ? there : wanted.putObject("metadata");
        boolean namespaced = section.kind().kind().namespaced();
        return new ObjectRef(
                section.kind(),
                namespaced ? named(metadata, "namespace", namespace) : "",
                named(metadata, "name", name));
    }

    private static String named(ObjectNode metadata, String field, String typed) {
        if (!typed.isBlank() && metadata.path(field).asString("").isEmpty()) {
            metadata.put(field, typed.strip());
        }
        return metadata.path(field).asString("");
    }

    /// The texts of the fields by path: as they were typed, or as the object has them.
    Map<String, String> texts() {
        var texts = new HashMap<String, String>();
        try {
            texts.putAll(ObjectText.texts(section.fields(), ObjectText.object("yaml", yaml)));
        } catch (InvalidInputException _) {
            // The page says above what is wrong with the text, from which no field can be told.
        }
        texts.putAll(typed);
        return texts;
    }

    /// The texts of the fields when the edit began; none of an object that is to be created.
    Map<String, String> before() {
        try {
            return base.isEmpty() ? Map.of() : ObjectText.texts(section.fields(), ObjectText.object("base", base));
        } catch (InvalidInputException _) {
            return Map.of();
        }
    }

    /// Names the object as it was when the edit began; empty where there is nothing that others could change.
    public String print() {
        try {
            return base.isEmpty() ? "" : Meanwhile.print(ObjectText.object("base", base));
        } catch (InvalidInputException _) {
            return "";
        }
    }

    public List<FormField> fields() {
        return section.fields();
    }

    public EditedKind kind() {
        return section.kind();
    }

    /// Where the forms of its pages go: `/pools/v4`, `/networks/kube-system/macvlan`, or `/pools/new`.
    public String path() {
        var start = "/" + section.path();
        if (operation == Operation.CREATE) {
            return start + "/new";
        }
        return start + (namespace.isEmpty() ? "" : "/" + namespace) + "/" + name;
    }
}
