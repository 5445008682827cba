package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.console.edit.EditView;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.journal.Journal;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.diagnosis.ConfigurationChange;
import dev.underpass.diagnosis.ConfigurationChange.FieldChange;
import dev.underpass.diagnosis.ConfigurationChanges;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tells which changes that the watch saw are edits that were made here: the last of the same object before the edit
/// was
/// noted, or the first after it, if it made the same of the same values. With another change between the two it is
/// somebody else's.
final class ObservedEdits {

    /// An edit is noted when its answer comes, or is given up; the watch may be interrupted meanwhile.
    private static final Duration APART = Duration.ofMinutes(5);

    private static final ClusterSnapshot NOTHING = new ClusterObjects().snapshot("", Instant.EPOCH, "", Fabric.ASSUMED);

    private ObservedEdits() {}

    /// The ids of the entries that an edit made; each edit made at most one.
    ///
    /// @param entries the newest first
    /// @param edits the newest first
    static Set<Long> among(List<Journal.Entry> entries, List<EditView> edits) {
        var found = new HashSet<Long>();
        for (var edit : edits.reversed()) {
            var left = entries.stream()
                    .filter(entry -> !found.contains(entry.id()) && isOf(entry, edit))
                    .toList();
            Stream.concat(
                            left.stream()
                                    .filter(entry -> entry.at().isBefore(edit.at()))
                                    .limit(1),
                            left.reversed().stream()
                                    .filter(entry -> !entry.at().isBefore(edit.at()))
                                    .limit(1))
                    .filter(entry -> didTheSame(entry.change(), edit))
                    .findFirst()
                    .ifPresent(entry -> found.add(entry.id()));
        }
        return found;
    }

    private static boolean isOf(Journal.Entry entry, EditView edit) {
        var apart = Duration.between(edit.at(), entry.at()).abs();
        return edit.outcome() == Outcome.APPLIED
                && entry.change().kind().equals(edit.kind())
                && entry.change().name().equals(ChangeRow.name(edit))
                && apart.compareTo(APART) <= 0;
    }

    /// A status that followed the edit within the same snapshot does not make another change of it.
    private static boolean didTheSame(ConfigurationChange seen, EditView edit) {
        try {
            var made = ConfigurationChanges.between(cluster(edit.before()), cluster(edit.after()));
            return made.size() == 1
                    && made.getFirst().what() == seen.what()
                    && wanted(made.getFirst()).equals(wanted(seen));
        } catch (ReportFormatException _) {
            // What nobody understands, the watch left out.
            return false;
        }
    }

    private static List<FieldChange> wanted(ConfigurationChange change) {
        return change.fields().stream()
                .filter(field -> !field.field().startsWith("status."))
                .toList();
    }

    private static ClusterSnapshot cluster(@Nullable ObjectNode object) throws ReportFormatException {
        return object == null ? NOTHING : new EditedObjects(List.of(Fields.of(object, "")), List.of()).applied(NOTHING);
    }
}
