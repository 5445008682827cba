package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.Meanwhile;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.FormField;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The first step of an edit.
///
/// @param texts of the fields, by path
/// @param effective what holds, by path
/// @param problems what is wrong with what was typed
/// @param note what was filled in for whoever edits; nothing where nothing was
/// @param print names the object as it was when the edit began; empty of one that is to be created
/// @param checked what is known of what was typed; absent where it was not looked at yet
/// @param others what they made of it since; absent where nothing is known of that
record EditPage(
        EditForm form,
        Map<String, String> texts,
        Map<String, Effective> effective,
        List<Problem> problems,
        Sentence note,
        String print,
        @Nullable Checked checked,
        @Nullable Meanwhile others) {

    EditPage {
        problems = List.copyOf(problems);
    }

    static EditPage of(ClusterView cluster, EditForm form, List<Problem> problems, Sentence note) {
        var shown = form.displayed();
        return new EditPage(
                shown, shown.texts(), EffectiveFields.of(cluster, shown), problems, note, shown.print(), null, null);
    }

    /// The same for whoever began earlier.
    EditPage since(String begun, @Nullable Meanwhile made) {
        return new EditPage(form, texts, effective, problems, note, begun, checked, made);
    }

    /// The same with what is known of what was typed.
    EditPage with(Checked known) {
        return new EditPage(form, texts, effective, problems, note, print, known, others);
    }

    /// What is wrong with a field, or with one of its values: `spec.ips[0]`.
    public List<Problem> problems(FormField field) {
        return problems.stream()
                .filter(problem -> EditProblems.isOf(problem, field.path()))
                .toList();
    }

    /// What is wrong with what one of the other inputs says.
    public List<Problem> problems(String input) {
        return problems.stream()
                .filter(problem -> form.input(problem).equals(input))
                .toList();
    }

    /// The ids of what the page says beside a field's input.
    public String describedBy(FormField field, String id) {
        return Stream.of(id + "-wrong", id + "-help", effective.containsKey(field.path()) ? id + "-held" : "")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
