package dev.underpass.console.api;

import dev.underpass.console.InvalidInputException;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Finding.Severity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which findings to show.
///
/// @param text a part of the code, title, summary, or of the name of something affected; in lower case
public record FindingFilter(@Nullable Severity severity, String code, String text) {

    /// Reads the filter; empty texts filter nothing.
    public static FindingFilter of(String severity, String code, String text) {
        return new FindingFilter(
                severity.isBlank() ? null : severity(severity),
                code.strip(),
                text.strip().toLowerCase(Locale.ROOT));
    }

    private static Severity severity(String text) {
        try {
            return Severity.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new InvalidInputException("severity", "not critical, warning or info: '" + text + "'");
        }
    }

    /// The findings that pass.
    public List<Finding> among(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> severity == null || finding.severity() == severity)
                .filter(finding -> code.isEmpty() || finding.code().equalsIgnoreCase(code))
                .filter(finding -> text.isEmpty() || words(finding).contains(text))
                .toList();
    }

    private static String words(Finding finding) {
        return "%s %s %s %s"
                .formatted(finding.code(), finding.title(), finding.summary(), finding.affected())
                .toLowerCase(Locale.ROOT);
    }
}
