package dev.underpass.console.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.underpass.console.mutes.MuteView;
import dev.underpass.diagnosis.Finding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A finding as JSON.
///
/// @param since when the console first found it, having looked before without finding it; else null
/// @param muted in the list of findings, of one that is muted; else absent
public record FindingView(
        String code,
        String severity,
        String kind,
        String title,
        String summary,
        String remedy,
        List<String> evidence,
        AffectedView affected,
        @Nullable String since,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MuteView muted) {

    /// What a finding hits, by name.
    public record AffectedView(List<String> pods, List<String> services, List<String> nodes) {}

    public static FindingView of(Finding finding) {
        return of(finding, null);
    }

    /// The finding with its mute.
    ///
    /// @param mute absent where it is not muted
    public static FindingView of(Finding finding, @Nullable MuteView mute) {
        var affected = finding.affected();
        return new FindingView(
                finding.code(),
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.kind().name().toLowerCase(Locale.ROOT),
                finding.title(),
                finding.summary().toString(),
                finding.remedy(),
                texts(finding.evidence()),
                new AffectedView(texts(affected.pods()), texts(affected.services()), texts(affected.nodes())),
                PairView.text(finding.since()),
                mute);
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
