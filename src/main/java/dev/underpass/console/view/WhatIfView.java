package dev.underpass.console.view;

import dev.underpass.console.view.ComparisonView.ChangeView;
import dev.underpass.console.view.ComparisonView.FindingsView;
import dev.underpass.diagnosis.RecreatedPod;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.WhatIf;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// What an edit would do, as JSON.
///
/// @param reachability today against the time when everything in `restarts` was restarted
/// @param hidden networks whose own settings hide the edit
public record WhatIfView(
        RunningView runningPods,
        RecreatedView recreatedPods,
        ReachabilityView reachability,
        FindingsView findings,

        @JsonSerialize(contentUsing = ToStringSerializer.class)
        List<Sentence> hidden,

        List<String> restarts,

        @JsonSerialize(contentUsing = ToStringSerializer.class)
        List<Sentence> notes) {

    /// What changes although nothing is restarted; usually nothing.
    public record RunningView(List<ChangeView> changed) {}

    /// The Pods that get something else when they are made anew.
    public record RecreatedView(List<PodView> changed) {}

    /// One of them.
    ///
    /// @param effect `differs`, `cannot-start` or `unknown`
    /// @param reason why it cannot start, or cannot be told
    public record PodView(
            String pod,
            String workload,
            String effect,

            @JsonSerialize(using = ToStringSerializer.class) @Nullable
            Sentence reason,

            List<LineView> lines) {

        static PodView of(RecreatedPod pod) {
            return switch (pod.effect()) {
                case Effect.Differs(var lines) ->
                    view(pod, "differs", null, lines.stream().map(LineView::of).toList());
                case Effect.CannotStart(var reason) -> view(pod, "cannot-start", reason, List.of());
                case Effect.Unknown(var reason) -> view(pod, "unknown", reason, List.of());
            };
        }

        private static PodView view(RecreatedPod pod, String effect, @Nullable Sentence reason, List<LineView> lines) {
            return new PodView(pod.pod().toString(), pod.workload(), effect, reason, lines);
        }
    }

    /// A line that comes (`added`) or goes (`removed`) in the Pod's namespace or the node's.
    public record LineView(String change, String where, String text) {

        static LineView of(LineChange line) {
            return new LineView(
                    line.added() ? "added" : "removed", line.where().name().toLowerCase(Locale.ROOT), line.text());
        }
    }

    /// The pairs whose verdict is another.
    ///
    /// @param undetermined pairs that connect today and cannot be told then
    /// @param changed pairs that fail either way, for another reason
    public record ReachabilityView(
            List<ChangeView> gained, List<ChangeView> lost, List<ChangeView> undetermined, List<ChangeView> changed) {}

    public static WhatIfView of(WhatIf whatIf) {
        var recreated = ComparisonView.of(whatIf.recreated());
        return new WhatIfView(
                new RunningView(ComparisonView.changes(whatIf.atOnce())),
                new RecreatedView(whatIf.pods().stream().map(PodView::of).toList()),
                new ReachabilityView(
                        recreated.reachability().gained(),
                        ComparisonView.changes(whatIf.lost()),
                        ComparisonView.changes(whatIf.undetermined()),
                        recreated.reachability().changed()),
                recreated.findings(),
                whatIf.hidden(),
                whatIf.restarts(),
                whatIf.notes());
    }
}
