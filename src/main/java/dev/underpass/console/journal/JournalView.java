package dev.underpass.console.journal;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.ConfigurationChange.FieldChange;
import dev.underpass.diagnosis.PodAnalysis;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One change as JSON.
///
/// @param change `added`, `edited` or `removed`
/// @param predating the coordinated Pods that were made before it and are there still
public record JournalView(
        long id,
        Instant at,
        String kind,
        String name,
        String change,
        List<FieldChange> fields,
        List<OlderPod> predating) {

    /// What a stale Pod can lack, or have too much of.
    private static final Set<String> STALE = Set.of("U05", "U06", "U10", "U22");

    /// A Pod that is older than the change.
    ///
    /// @param lines what it lacks, or has and should not have, by the settings of today
    public record OlderPod(String pod, @Nullable Instant createdAt, List<Line> lines) {}

    /// A line that is not as it should be.
    ///
    /// @param change `missing`, `unexpected` or `different`
    public record Line(String change, String text, String reason, String code) {

        static Line of(DriftItem item) {
            return new Line(
                    item.change().name().toLowerCase(Locale.ROOT),
                    item.text(),
                    item.reason().toString(),
                    item.code());
        }
    }

    /// The change as it looks from today.
    public static JournalView of(Journal.Entry entry, ClusterView cluster) {
        var change = entry.change();
        return new JournalView(
                entry.id(),
                entry.at(),
                change.kind(),
                change.name(),
                change.what().name().toLowerCase(Locale.ROOT),
                change.fields(),
                predating(entry.at(), cluster.analysis()));
    }

    /// The coordinated Pods that were made before an instant and are there still.
    public static List<OlderPod> predating(Instant at, Analysis analysis) {
        return analysis.pods().stream()
                .filter(pod -> pod.network().hasUnderlay())
                .filter(pod ->
                        pod.pod().createdAt() != null && pod.pod().createdAt().isBefore(at))
                .map(JournalView::older)
                .toList();
    }

    /// A Pod that was made before a change, with what it lacks, or has too much of, by the settings of today.
    public static OlderPod older(PodAnalysis pod) {
        var lines = pod.drift().stream()
                .filter(item -> STALE.contains(item.code()))
                .map(Line::of)
                .toList();
        return new OlderPod(pod.pod().name().toString(), pod.pod().createdAt(), lines);
    }
}
