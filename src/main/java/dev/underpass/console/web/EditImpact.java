package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.console.view.WhatIfView;
import dev.underpass.diagnosis.WhatIf;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a draft would do, as far as that can be worked out.
///
/// @param whatIf absent where it cannot
/// @param reason why it cannot; empty where it can
/// @param running how many Pods are running, none of which changes by itself unless the answer says so
record EditImpact(@Nullable WhatIfView whatIf, String reason, int running) {

    static EditImpact of(ClusterView cluster, Draft draft) {
        int running = cluster.pods().size();
        try {
            var now = cluster.analysis().snapshot();
            return new EditImpact(
                    WhatIfView.of(WhatIf.of(cluster.analysis(), edits(draft).applied(now))), "", running);
        } catch (ReportFormatException e) {
            return new EditImpact(null, String.valueOf(e.getMessage()), running);
        }
    }

    /// Whether something about it cannot be told, which nobody should overlook.
    public boolean doubtful() {
        return whatIf == null
                || !whatIf.reachability().undetermined().isEmpty()
                || whatIf.recreatedPods().changed().stream()
                        .anyMatch(pod -> pod.effect().equals("unknown"));
    }

    private static EditedObjects edits(Draft draft) throws ReportFormatException {
        if (draft.operation() != Operation.DELETE) {
            return new EditedObjects(List.of(Fields.of(draft.wanted(), "")), List.of());
        }
        ObjectNode reference = draft.wanted().objectNode();
        reference
                .put("kind", draft.object().kind().kind().kind())
                .put("name", draft.object().name());
        if (!draft.object().namespace().isEmpty()) {
            reference.put("namespace", draft.object().namespace());
        }
        return new EditedObjects(List.of(), List.of(Fields.of(reference, "")));
    }
}
