package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.edit.Draft;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.console.view.WhatIfView;
import dev.underpass.diagnosis.WhatIf;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a draft would do, as far as that can be worked out.
///
/// @param whatIf absent where it cannot
/// @param reason why it cannot; empty where it can
/// @param groups the pairs whose verdict is another, by how their Pods are attached
record EditImpact(@Nullable WhatIfView whatIf, String reason, List<PairGroup> groups) {

    /// Pods that could not start again, for one reason.
    record Barred(Sentence reason, List<String> pods) {}

    static EditImpact of(ClusterView cluster, Draft draft) {
        try {
            var now = cluster.analysis().snapshot();
            var whatIf =
                    WhatIfView.of(WhatIf.of(cluster.analysis(), edits(draft).applied(now)));
            return new EditImpact(whatIf, "", PairGroup.of(cluster, whatIf.reachability()));
        } catch (ReportFormatException e) {
            return new EditImpact(null, String.valueOf(e.getMessage()), List.of());
        }
    }

    /// Whether something about it cannot be told, which nobody should overlook.
    public boolean doubtful() {
        return whatIf == null
                || !whatIf.reachability().undetermined().isEmpty()
                || whatIf.recreatedPods().changed().stream()
                        .anyMatch(pod -> pod.effect().equals("unknown"));
    }

    /// Those that could not start again, together by the reason.
    public List<Barred> barred() {
        var byReason = new LinkedHashMap<Sentence, List<String>>();
        if (whatIf != null) {
            for (var pod : whatIf.recreatedPods().changed()) {
                if (pod.effect().equals("cannot-start") && pod.reason() != null) {
                    byReason.computeIfAbsent(pod.reason(), _ -> new ArrayList<>())
                            .add(pod.pod());
                }
            }
        }
        return byReason.entrySet().stream()
                .map(each -> new Barred(each.getKey(), List.copyOf(each.getValue())))
                .toList();
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
