package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.edit.Edit;
import dev.underpass.diagnosis.edit.EditRules;
import dev.underpass.diagnosis.edit.FieldProblem;
import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with what was typed into the wizard, and what people ought to know, each at its field.
final class WizardProblems {

    private static final String SPEC = "spec";

    private final List<Problem> all = new ArrayList<>();

    /// Something at a field.
    ///
    /// @param refused whether it cannot be so; otherwise it is only to be known
    /// @param key of the message, without its start; empty where the text says it all
    /// @param text what the message is about, or the whole of what is to be said
    record Problem(String field, boolean refused, String key, Sentence text, String more) {}

    void refuse(String field, String key, String text) {
        all.add(new Problem(field, true, key, Sentence.line(text), ""));
    }

    void refuse(String field, String key, String text, String more) {
        all.add(new Problem(field, true, key, Sentence.line(text), more));
    }

    void warn(String field, String key, String text) {
        all.add(new Problem(field, false, key, Sentence.line(text), ""));
    }

    void warn(String field, String key, String text, String more) {
        all.add(new Problem(field, false, key, Sentence.line(text), more));
    }

    List<Problem> of(String field) {
        return all.stream().filter(each -> each.field().equals(field)).toList();
    }

    List<Problem> refused() {
        return all.stream().filter(Problem::refused).toList();
    }

    boolean refused(String field) {
        return of(field).stream().anyMatch(Problem::refused);
    }

    /// Whether something of a step cannot be so.
    boolean stops(String step) {
        return all.stream()
                .anyMatch(each ->
                        each.refused() && WizardQuestion.stepOf(each.field()).equals(step));
    }

    /// Judges an object by the rules that hold for every edit.
    ///
    /// @param fields the wizard's fields by the start of the path in the object
    /// @param otherwise where everything else is told
    void judge(ClusterSnapshot now, ObjectNode object, Map<String, String> fields, String otherwise) {
        var problems = new ArrayList<>(problems(now, object));
        if (problems.stream().noneMatch(each -> each.field().startsWith(SPEC))) {
            problems(now, named(object)).stream()
                    .filter(each -> each.field().startsWith(SPEC))
                    .forEach(problems::add);
        }
        for (var problem : problems) {
            var field = fields.entrySet().stream()
                    .filter(each -> problem.field().startsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(otherwise);
            var said = field.equals(otherwise) ? problem.said() : problem.words();
            all.add(new Problem(field, problem.severity() == Severity.REFUSED, "", said, ""));
        }
    }

    private static List<FieldProblem> problems(ClusterSnapshot now, ObjectNode object) {
        try {
            return EditRules.problems(now, new Edit(Edit.Operation.CREATE, Fields.of(object, "")));
        } catch (ReportFormatException e) {
            throw new IllegalStateException("an object is no object: " + e.getMessage(), e);
        }
    }

    /// The same with a name, as the rules judge nothing that has none.
    private static ObjectNode named(ObjectNode object) {
        var named = object.deepCopy();
        var metadata = named.putObject("metadata").put("name", "name-that-is-not-given-yet");
        if (object.path("metadata").has("namespace")) {
            metadata.put("namespace", "kube-system");
        }
        return named;
    }
}
