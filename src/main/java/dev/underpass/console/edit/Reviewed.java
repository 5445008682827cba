package dev.underpass.console.edit;

import dev.underpass.console.edit.Conflicts.Conflict;
import dev.underpass.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A draft after everything was tried short of writing it.
///
/// @param same whether the edit changes nothing
/// @param problems what is wrong with it; nothing that is wrong can be applied
/// @param warnings what whoever edits it ought to know
/// @param clashes where others changed, or manage, what the edit changes
/// @param stale whether the object was changed since the edit began
/// @param readOnly why nothing can be written here; absent where it can
/// @param refusal why it was refused as a whole; absent when it was not
public record Reviewed(
        Draft draft,
        boolean same,
        List<Problem> problems,
        List<Sentence> warnings,
        List<Conflict> clashes,
        boolean stale,
        @Nullable Sentence readOnly,
        @Nullable Sentence refusal) {

    /// What is wrong with one field.
    ///
    /// @param field empty for the object as a whole
    public record Problem(String field, Sentence message) {}

    public Reviewed {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        clashes = List.copyOf(clashes);
    }

    /// Whether it may be applied, as far as can be told before.
    public boolean applicable() {
        return problems.isEmpty()
                && !same
                && !stale
                && readOnly == null
                && refusal == null
                && (clashes.isEmpty() || draft.force());
    }
}
