package dev.underpass.console.web;

import dev.underpass.console.edit.EditHistory;
import dev.underpass.console.edit.EditView;
import dev.underpass.console.journal.Journal;
import dev.underpass.console.mutes.Mutes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What changed: as the watch saw it, and as it was edited here; an edit that the watch saw is told once. And what was
/// muted.
@Component
class ChangeList {

    private final Journal journal;
    private final EditHistory edits;
    private final Mutes mutes;

    ChangeList(Journal journal, EditHistory edits, Mutes mutes) {
        this.journal = journal;
        this.edits = edits;
        this.mutes = mutes;
    }

    /// One change with all of its lines.
    ///
    /// @param yaml the lines of the object before and after; none of a change that was only seen
    /// @param undoes the edit that it took back; empty when it was one of its own
    /// @param reason why it was refused or lost; empty when all went well
    record Detail(ChangeRow row, List<TextDiff.Line> yaml, String undoes, String reason) {}

    List<ChangeRow> newestFirst() {
        var seen = journal.entries();
        var made = edits.newestFirst();
        var same = ObservedEdits.among(seen, made);
        return Stream.of(
                        seen.stream()
                                .filter(entry -> !same.contains(entry.id()))
                                .map(ChangeRow::of),
                        made.stream().map(ChangeRow::of),
                        mutes.history().stream().map(ChangeRow::of))
                .flatMap(rows -> rows)
                .sorted(Comparator.comparing(ChangeRow::at).reversed())
                .toList();
    }

    /// @throws NotFoundException if there is none of this id, or it is forgotten
    Detail detail(String id) {
        return Stream.concat(
                        journal.entries().stream().map(ChangeRow::of),
                        mutes.history().stream().map(ChangeRow::of))
                .filter(row -> row.id().equals(id))
                .map(row -> new Detail(row, List.of(), "", ""))
                .findFirst()
                .orElseGet(() -> detail(edits.edit(id)));
    }

    private static Detail detail(EditView edit) {
        return new Detail(
                ChangeRow.of(edit),
                TextDiff.ofObjects(edit.before(), edit.after()),
                edit.undoes() == null ? "" : edit.undoes(),
                edit.reason() == null ? "" : edit.reason());
    }
}
