package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Phrases;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.edit.ObjectRef;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.diagnosis.edit.FormField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with a form: what keeps it from being a draft, and where on the page it is said.
final class EditProblems {

    /// What an object is judged by whose name is not one yet.
    private static final String STAND_IN = "unnamed";

    private EditProblems() {}

    /// The draft as far as it can be understood, so that all of it can be judged, whatever keeps it from being applied:
    /// a name that is none is not looked at. Empty where the text cannot be read.
    static Optional<Draft> readable(EditForm form) {
        try {
            var wanted = form.wanted();
            var misnamed = misnamed(form, wanted);
            var metadata = wanted.get("metadata") instanceof ObjectNode there ? there : wanted.putObject("metadata");
            misnamed.forEach(problem -> metadata.put(problem.field(), STAND_IN));
            return Optional.of(form.draft(wanted));
        } catch (InvalidInputException _) {
            return Optional.empty();
        }
    }

    /// What keeps an object that can be read from being a draft.
    static List<Problem> unclear(EditForm form, ObjectNode wanted) {
        var now = EditForm.read(form.section(), form.yaml()).orElse(Map.of());
        var torn = form.torn().stream()
                .map(path -> new Problem(
                        path, Phrases.TORN.with(form.typed().getOrDefault(path, ""), now.getOrDefault(path, ""))));
        return Stream.concat(misnamed(form, wanted).stream(), torn).toList();
    }

    /// What is wrong with the names of an object that is to be created.
    private static List<Problem> misnamed(EditForm form, ObjectNode wanted) {
        if (form.operation() != Operation.CREATE) {
            return List.of();
        }
        var kind = form.kind();
        var metadata = wanted.get("metadata") instanceof ObjectNode there ? there : wanted.objectNode();
        var problems = new ArrayList<Problem>();
        if (kind.kind().namespaced()) {
            var namespace = EditForm.named(metadata, "namespace", form.namespace());
            check(() -> new ObjectRef(kind, namespace, STAND_IN), problems);
        }
        var name = EditForm.named(metadata, "name", form.name());
        check(() -> new ObjectRef(kind, STAND_IN, name), problems);
        return problems;
    }

    private static void check(Runnable names, List<Problem> problems) {
        try {
            names.run();
        } catch (InvalidInputException e) {
            problems.add(new Problem(e.field(), e.sentence()));
        }
    }

    /// All that is wrong with a form that cannot be understood.
    ///
    /// @param first what kept it from that
    /// @param judged what the rules say of the rest of it
    static List<Problem> all(EditForm form, Problem first, List<Problem> judged) {
        var problems = new ArrayList<>(List.of(first));
        if (!form.locked()) {
            var unclear = unclear(form, form.wanted());
            boolean unnamed = unclear.stream().anyMatch(EditProblems::isOfName);
            add(problems, unclear);
            add(problems, missing(form));
            add(
                    problems,
                    judged.stream().filter(each -> !(unnamed && isOfName(each))).toList());
        }
        return List.copyOf(problems);
    }

    private static List<Problem> missing(EditForm form) {
        var texts = form.texts();
        return form.fields().stream()
                .filter(field -> field.required() && field.section().isEmpty())
                .filter(field -> texts.getOrDefault(field.path(), "").isBlank())
                .map(field -> new Problem(field.path(), field.missing()))
                .toList();
    }

    private static void add(List<Problem> problems, List<Problem> more) {
        var told = problems.stream().map(Problem::field).collect(Collectors.toSet());
        more.stream().filter(problem -> !told.contains(problem.field())).forEach(problems::add);
    }

    /// Nothing that is judged of a stand-in is true of a name.
    private static boolean isOfName(Problem problem) {
        return input(problem.field()).equals("name") || input(problem.field()).equals("namespace");
    }

    /// The id of the input that a problem is about, of a section its first one; empty where the page has none for it.
    static String input(EditForm form, Problem problem) {
        var paths = form.fields().stream().map(FormField::path).toList();
        return Stream.concat(
                        paths.stream().filter(path -> isOf(problem, path)),
                        paths.stream().filter(path -> path.startsWith(problem.field() + ".")))
                .findFirst()
                .map(path -> "f" + paths.indexOf(path))
                .orElseGet(() -> {
                    boolean named = isOfName(problem) && form.operation() != Operation.CREATE;
                    return named ? "yaml" : input(problem.field());
                });
    }

    private static String input(String field) {
        return switch (field) {
            case "metadata.name", "name" -> "name";
            case "metadata.namespace", "namespace" -> "namespace";
            case "" -> "";
            default -> "yaml";
        };
    }

    /// Whether it is about a field, or about one of its values: `spec.ips[0]`, `spec.podAffinity.matchLabels`.
    private static boolean isOf(Problem problem, String path) {
        var field = problem.field();
        return field.startsWith(path)
                && (field.length() == path.length() || "[.".indexOf(field.charAt(path.length())) >= 0);
    }
}
