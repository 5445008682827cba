package dev.underpass.cli;

import dev.underpass.diagnosis.RecreatedPod;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.WhatIf;
import java.util.Locale;

/// What `check --what-if` prints for people.
final class WhatIfText {

    private WhatIfText() {}

    static String of(WhatIf whatIf) {
        var text = new StringBuilder();
        text.append(whatIf.atOnce().isEmpty() ? "Running Pods: no pair changes.\n" : "");
        ComparisonText.changes(text, "At once", whatIf.atOnce());
        whatIf.pods().forEach(pod -> pod(text, pod));
        whatIf.hidden().forEach(line -> text.append("Hidden: %s%n".formatted(line)));
        whatIf.restarts().forEach(line -> text.append("Takes effect with a restart of: %s%n".formatted(line)));
        whatIf.notes().forEach(line -> text.append("Note: %s%n".formatted(line)));
        ComparisonText.findings(text, "New", whatIf.recreated().appeared());
        ComparisonText.findings(text, "Resolved", whatIf.recreated().resolved());
        ComparisonText.changes(text, "Lost", whatIf.lost());
        ComparisonText.changes(text, "Cannot be told", whatIf.undetermined());
        ComparisonText.changes(text, "Gained", whatIf.recreated().gained());
        ComparisonText.changes(
                text, "Unreachable for another reason", whatIf.recreated().changed());
        text.append("After all restarts: %d pairs lost, %d gained, %d cannot be told; %d Pods made anew differ.%n"
                .formatted(
                        whatIf.lost().size(),
                        whatIf.recreated().gained().size(),
                        whatIf.undetermined().size(),
                        whatIf.pods().size()));
        return text.toString();
    }

    private static void pod(StringBuilder text, RecreatedPod pod) {
        switch (pod.effect()) {
            case Effect.Differs(var lines) -> {
                text.append("Made anew, %s differs:%n".formatted(pod.pod()));
                lines.forEach(line -> text.append("    %s%n".formatted(line(line))));
            }
            case Effect.CannotStart(var reason) ->
                text.append("Made anew, %s cannot start: %s%n".formatted(pod.pod(), reason));
            case Effect.Unknown(var reason) ->
                text.append("Made anew, %s cannot be told: %s%n".formatted(pod.pod(), reason));
        }
    }

    private static String line(LineChange line) {
        return "%s %s: %s"
                .formatted(line.added() ? "+" : "-", line.where().name().toLowerCase(Locale.ROOT), line.text());
    }
}
