package dev.underpass.console.web;

import dev.underpass.console.edit.EditView;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.journal.Journal;
import dev.underpass.console.mutes.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A change in the list: one that was seen in the cluster, or an edit that was made here, or tried.
///
/// @param id of the edit, or the journal's number
/// @param what a key of the page's words: `added`, `edited`, `removed`
/// @param who absent of a change that was only seen; empty where nobody logs in, or a mute ended by itself
/// @param outcome a key of the page's words; absent of a change that was only seen
/// @param fields what differs
record ChangeRow(
        String id,
        Instant at,
        String kind,
        String name,
        String what,
        @Nullable String who,
        @Nullable Outcome outcome,
        List<ObjectDiff.Field> fields) {

    private static final String MUTE = "Mute";

    static ChangeRow of(Journal.Entry entry) {
        var change = entry.change();
        return new ChangeRow(
                String.valueOf(entry.id()),
                entry.at(),
                change.kind(),
                change.name(),
                change.what().name().toLowerCase(Locale.ROOT),
                null,
                null,
                change.fields().stream()
                        .map(field -> ObjectDiff.Field.of(field.field(), field.before(), field.after()))
                        .toList());
    }

    static ChangeRow of(Mark mark) {
        return new ChangeRow(
                mark.id(),
                mark.at(),
                MUTE,
                mark.code(),
                mark.ends() ? "removed" : "added",
                mark.who(),
                null,
                mark.ends()
                        ? List.of()
                        : List.of(
                                ObjectDiff.Field.of("reason", "", mark.reason()),
                                ObjectDiff.Field.of("until", "", mark.until().toString())));
    }

    /// Whether it says that a finding was muted, or is no longer.
    public boolean mute() {
        return kind.equals(MUTE);
    }

    static ChangeRow of(EditView edit) {
        return new ChangeRow(
                edit.id(),
                edit.at(),
                edit.kind(),
                name(edit),
                what(edit.operation()),
                edit.who(),
                edit.outcome(),
                ObjectDiff.fields(edit.before(), edit.after()));
    }

    /// The object's name, with its namespace where it has one, as the journal has it.
    static String name(EditView edit) {
        return edit.namespace().isEmpty() ? edit.name() : edit.namespace() + "/" + edit.name();
    }

    private static String what(String operation) {
        return switch (operation) {
            case "create" -> "added";
            case "delete" -> "removed";
            default -> "edited";
        };
    }

    /// Where its object is shown: the first part of the address; empty where nowhere.
    public String section() {
        return switch (kind) {
            case "SpiderCoordinator" -> "coordinator";
            case "SpiderIPPool" -> "pools";
            case "SpiderMultusConfig", "NetworkAttachmentDefinition" -> "networks";
            case "SpiderReservedIP" -> "reservedips";
            default -> "";
        };
    }

    /// Whether it can be taken back here.
    public boolean undoable() {
        return outcome == Outcome.APPLIED;
    }
}
