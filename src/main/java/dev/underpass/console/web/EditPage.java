package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.Meanwhile;
import dev.underpass.console.edit.Reviewed.Problem;
import dev.underpass.diagnosis.edit.FormField;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /// Those of the spec itself, and of what every network has.
    private static final Set<String> SHOWN_ALWAYS = Set.of("", "coordinator");

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

    /// What is wrong with what an input says.
    public List<Problem> problems(String input) {
        return problems.stream()
                .filter(problem -> form.input(problem).equals(input))
                .toList();
    }

    /// Fields that stand together: those of one section of the spec.
    ///
    /// @param section empty for those of the spec itself
    /// @param shown whether it is of use for what was typed, or has something in it
    record Group(String section, boolean shown, List<Entry> fields) {}

    /// @param id of its input
    record Entry(String id, FormField field) {}

    /// The fields in their order, with those of a section together.
    public List<Group> groups() {
        var fields = form.fields();
        var groups = new LinkedHashMap<String, List<Entry>>();
        for (int i = 0; i < fields.size(); i++) {
            groups.computeIfAbsent(fields.get(i).section(), _ -> new ArrayList<>())
                    .add(new Entry("f" + i, fields.get(i)));
        }
        return groups.entrySet().stream()
                .map(each -> new Group(each.getKey(), shown(each.getKey(), each.getValue()), each.getValue()))
                .toList();
    }

    private boolean shown(String section, List<Entry> fields) {
        return SHOWN_ALWAYS.contains(section)
                || FormField.sectionOf(texts.getOrDefault("spec.cniType", "")).equals(section)
                || fields.stream()
                        .anyMatch(each ->
                                !texts.getOrDefault(each.field().path(), "").isEmpty()
                                        || !problems(each.id()).isEmpty());
    }

    /// The section that a type of network is set up in; empty where it is none.
    public String sectionOf(String cniType) {
        return FormField.sectionOf(cniType);
    }

    /// The ids of what the page says beside a field's input.
    public String describedBy(FormField field, String id) {
        return Stream.of(id + "-wrong", id + "-help", effective.containsKey(field.path()) ? id + "-held" : "")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
