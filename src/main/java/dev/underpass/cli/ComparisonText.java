package dev.underpass.cli;

import dev.underpass.diagnosis.Comparison;
import dev.underpass.diagnosis.Comparison.Change;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `check --against` prints for people.
final class ComparisonText {

    private ComparisonText() {}

    static String of(Comparison comparison) {
        var text = new StringBuilder();
        findings(text, "New", comparison.appeared());
        findings(text, "Resolved", comparison.resolved());
        changes(text, "Lost", comparison.lost());
        changes(text, "Gained", comparison.gained());
        changes(text, "Unreachable for another reason", comparison.changed());
        if (comparison.isEmpty()) {
            text.append("No difference.\n");
        }
        text.append("%d pairs lost, %d gained, %d fail for another reason; %d findings new, %d resolved.%n"
                .formatted(
                        comparison.lost().size(),
                        comparison.gained().size(),
                        comparison.changed().size(),
                        comparison.appeared().size(),
                        comparison.resolved().size()));
        return text.toString();
    }

    static void findings(StringBuilder text, String title, List<Finding> findings) {
        for (var finding : findings) {
            text.append("%s: %s %s  %s%n".formatted(title, finding.code(), finding.severity(), finding.title()));
            finding.evidence().stream().limit(2).forEach(line -> text.append("    | %s%n".formatted(line)));
        }
    }

    static void changes(StringBuilder text, String title, List<Change> changes) {
        for (var change : changes) {
            text.append("%s: %s -> %s  was %s, is %s%n"
                    .formatted(title, change.from(), change.to(), word(change.before()), word(change.after())));
        }
    }

    private static String word(@Nullable Verdict verdict) {
        return verdict == null ? "not there" : CheckText.reason(verdict);
    }
}
