package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.Reviewed;
import dev.underpass.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of an edit while somebody is still at it.
///
/// @param same whether it changes nothing
/// @param warnings what whoever edits ought to know
/// @param impact what it would do; absent where it changes nothing, and where it is wrong
record Checked(
        boolean same, List<Sentence> warnings, @Nullable EditImpact impact) {

    Checked {
        warnings = List.copyOf(warnings);
    }

    static Checked of(ClusterView cluster, Reviewed reviewed) {
        boolean tells = !reviewed.same() && reviewed.problems().isEmpty();
        return new Checked(
                reviewed.same(), reviewed.warnings(), tells ? EditImpact.of(cluster, reviewed.draft()) : null);
    }
}
