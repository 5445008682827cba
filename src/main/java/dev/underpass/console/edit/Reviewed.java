package dev.underpass.console.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A draft after everything was tried short of writing it.
///
/// @param differences what the edit changes
/// @param problems what is wrong with it; nothing that is wrong can be applied
/// @param warnings what whoever edits it ought to know
/// @param clashes where others changed, or manage, what the edit changes
/// @param stale whether the object was changed since the edit began
/// @param readOnly why nothing can be written here; absent where it can
/// @param refusal why it was refused as a whole; absent when it was not
public record Reviewed(
        Draft draft,
        List<Difference> differences,
        List<Problem> problems,
        List<String> warnings,
        List<Clash> clashes,
        boolean stale,
        @Nullable String readOnly,
        @Nullable String refusal) {

    public Reviewed {
        differences = List.copyOf(differences);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        clashes = List.copyOf(clashes);
    }

    /// One field that gets another value.
    ///
    /// @param before absent where there was none
    /// @param after absent where there will be none
    public record Difference(
            String field,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /// What is wrong at a field; at none, as a whole.
    public record Problem(String field, String message) {}

    /// What three sides have at a field.
    public record Clash(
            String field,
            @Nullable String manager,
            @Nullable JsonNode base,
            @Nullable JsonNode theirs,
            @Nullable JsonNode yours) {}

    /// Whether it may be applied, as far as can be told before.
    public boolean applicable() {
        return problems.isEmpty()
                && !differences.isEmpty()
                && !stale
                && readOnly == null
                && refusal == null
                && (clashes.isEmpty() || draft.force());
    }
}
