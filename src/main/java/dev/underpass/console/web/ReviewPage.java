package dev.underpass.console.web;

import dev.underpass.console.edit.Reviewed;
import dev.underpass.diagnosis.edit.Edit.Operation;
import java.util.List;
import java.util.Objects;
import org.springframework.util.MultiValueMap;

/// The second step of an edit.
///
/// @param fields those that change
/// @param yaml the object's lines before and after
/// @param left what was not done when it was to be applied
record ReviewPage(
        EditForm form,
        Reviewed reviewed,
        EditImpact impact,
        List<ObjectDiff.Field> fields,
        List<TextDiff.Line> yaml,
        Left left) {

    static ReviewPage of(EditForm form, Reviewed reviewed, EditImpact impact, Left left) {
        var draft = reviewed.draft();
        return new ReviewPage(
                EditForm.of(form.section(), draft).kept(form.draft()),
                reviewed,
                impact,
                ObjectDiff.fields(draft.base(), draft.after()),
                TextDiff.ofObjects(draft.base(), draft.after()),
                left);
    }

    /// What people must do before an edit is applied, and did not.
    ///
    /// @param tick the tick that a doubt asks for
    /// @param name the name of the object that is to go
    /// @param typed what was typed instead
    record Left(boolean tick, boolean name, String typed) {

        static final Left NOTHING = new Left(false, false, "");

        static Left of(EditForm form, EditImpact impact, MultiValueMap<String, String> data) {
            var typed = Objects.requireNonNullElse(data.getFirst("confirm"), "");
            return new Left(
                    impact.doubtful() && !"true".equals(data.getFirst("unknown")),
                    form.operation() == Operation.DELETE && !typed.strip().equals(form.name()),
                    typed);
        }

        boolean any() {
            return tick || name;
        }
    }
}
