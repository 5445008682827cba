package dev.underpass.console.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.underpass.diagnosis.Comparison;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// What is different between two analyses, as JSON.
public record ComparisonView(ReachabilityView reachability, FindingsView findings) {

    /// The pairs whose verdict is another.
    public record ReachabilityView(List<ChangeView> gained, List<ChangeView> lost, List<ChangeView> changed) {}

    /// The findings that came and went.
    public record FindingsView(@JsonProperty("new") List<FindingView> appeared, List<FindingView> resolved) {}

    /// One pair; `before` and `after` are null where there is no such Pod or Service.
    public record ChangeView(
            String from,
            PairView.To to,
            @Nullable VerdictView before,
            @Nullable VerdictView after) {}

    /// A verdict without its pair.
    public record VerdictView(
            String disposition,
            @Nullable String code,
            @JsonSerialize(using = ToStringSerializer.class) Sentence summary) {

        static @Nullable VerdictView of(@Nullable Verdict verdict) {
            return verdict == null
                    ? null
                    : new VerdictView(verdict.disposition().name(), verdict.code(), verdict.summary());
        }
    }

    public static ComparisonView of(Comparison comparison) {
        return new ComparisonView(
                new ReachabilityView(
                        changes(comparison.gained()), changes(comparison.lost()), changes(comparison.changed())),
                new FindingsView(
                        comparison.appeared().stream().map(FindingView::of).toList(),
                        comparison.resolved().stream().map(FindingView::of).toList()));
    }

    static List<ChangeView> changes(List<Comparison.Change> changes) {
        return changes.stream()
                .map(change -> new ChangeView(
                        change.from().toString(),
                        PairView.To.of(change.to()),
                        VerdictView.of(change.before()),
                        VerdictView.of(change.after())))
                .toList();
    }
}
