package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.Meanwhile;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.FormField;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a page of an edit carries from step to step: the draft as text.
///
/// @param namespace empty for objects of the cluster
/// @param name empty while it is not known
/// @param version of the object when the edit began; empty when it is to be created
/// @param base the object when the edit began, as YAML; empty when it is to be created
/// @param yaml the object that is to be
/// @param typed what was typed into fields, by path, where it is not what they showed
/// @param shown the object that the fields and the text beside them showed; empty where nothing did
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
        String shown,
        boolean force,
        String draft) {

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
                "",
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
        return new EditForm(
                section, Operation.CREATE, "", "", "", "", ObjectText.yaml(object), Map.of(), "", false, "");
    }

    /// The same with a text in a field.
    EditForm with(String field, String text) {
        var filled = filled(yaml, Map.of(field, text));
        return new EditForm(section, operation, namespace, name, version, base, filled, typed, shown, force, draft);
    }

    /// The same as a kept draft.
    EditForm kept(String id) {
        return new EditForm(section, operation, namespace, name, version, base, yaml, typed, shown, force, id);
    }

    /// How much is kept of it.
    int characters() {
        return base.length()
                + yaml.length()
                + shown.length()
                + typed.values().stream().mapToInt(String::length).sum();
    }

    /// The draft that was typed.
    ///
    /// @throws InvalidInputException naming the first that cannot be understood
    Draft draftOf() {
        var wanted = wanted();
        EditProblems.unclear(this, wanted).stream().findFirst().ifPresent(problem -> {
            throw new InvalidInputException(problem.field(), problem.message());
        });
        return draft(wanted);
    }

    /// The object that is to be: what was typed into a field counts before the text beside it.
    ///
    /// @throws InvalidInputException if the text cannot be read
    ObjectNode wanted() {
        return ObjectText.filled(ObjectText.object("yaml", yaml), section.fields(), typed);
    }

    Draft draft(ObjectNode wanted) {
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

    static String named(ObjectNode metadata, String field, String typed) {
        if (!typed.isBlank() && metadata.path(field).asString("").isEmpty()) {
            metadata.put(field, typed.strip());
        }
        return metadata.path(field).asString("");
    }

    /// The texts of the fields by path: as they were typed, or as the object has them.
    Map<String, String> texts() {
        var texts = new HashMap<>(read(section, yaml).orElse(Map.of()));
        texts.putAll(typed);
        return texts;
    }

    /// The texts of the fields when the edit began; none of an object that is to be created.
    Map<String, String> before() {
        return read(section, base).orElse(Map.of());
    }

    /// The texts of the fields of an object; empty where it cannot be read.
    static Optional<Map<String, String>> read(EditSection section, String yaml) {
        try {
            return yaml.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ObjectText.texts(section.fields(), ObjectText.object("yaml", yaml)));
        } catch (InvalidInputException _) {
            return Optional.empty();
        }
    }

    static boolean same(@Nullable String one, @Nullable String other) {
        return one != null && other != null && lines(one).equals(lines(other));
    }

    /// Browsers end lines with two characters.
    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    /// Whether the text beside the fields cannot be read, so that nobody knows what they are.
    public boolean locked() {
        return !yaml.isEmpty() && read(section, yaml).isEmpty();
    }

    /// The fields into which something was typed although the text beside them was changed to say something else.
    List<String> torn() {
        var before = read(section, shown).orElse(Map.of());
        var now = read(section, yaml).orElse(Map.of());
        return typed.keySet().stream()
                .filter(path -> before.containsKey(path) && !same(now.get(path), before.get(path)))
                .filter(path -> !same(now.get(path), typed.get(path)))
                .toList();
    }

    /// The same as a page shows it: the fields and the text beside them say the same, but where they are torn.
    EditForm displayed() {
        if (yaml.isEmpty() || locked()) {
            return this;
        }
        var torn = torn();
        var free = new LinkedHashMap<>(typed);
        torn.forEach(free::remove);
        var kept = new LinkedHashMap<>(typed);
        kept.keySet().retainAll(torn);
        var before = new HashMap<>(read(section, shown).orElse(Map.of()));
        before.keySet().retainAll(torn);
        var merged = filled(yaml, free);
        return new EditForm(
                section, operation, namespace, name, version, base, merged, kept, filled(merged, before), force, draft);
    }

    /// The text as it is where nothing in it becomes different, with all that somebody wrote beside the object.
    private String filled(String text, Map<String, String> fields) {
        var object = ObjectText.object("yaml", text);
        var filled = ObjectText.filled(object, section.fields(), fields);
        return filled.equals(object) ? text : ObjectText.yaml(filled);
    }

    /// Names the object as it was when the edit began; empty where there is nothing that others could change.
    public String print() {
        try {
            return base.isEmpty() ? "" : Meanwhile.print(ObjectText.object("base", base));
        } catch (InvalidInputException _) {
            return "";
        }
    }

    /// The id of the input that a problem is about; empty where the page has none for it.
    public String input(Problem problem) {
        return EditProblems.input(this, problem);
    }

    public List<FormField> fields() {
        return section.fields();
    }

    public EditedKind kind() {
        return section.kind();
    }

    /// The page of the object, or the one that lists those of its kind where it has none.
    public String home() {
        var list = "/" + section.path();
        return operation == Operation.CREATE || !section.paged() ? list : path();
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
