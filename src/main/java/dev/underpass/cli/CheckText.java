package dev.underpass.cli;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.reachability.Disposition.Fold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/// What `check` prints for people.
final class CheckText {

    private static final int EVIDENCE_LINES = 4;

    private CheckText() {}

    static String of(Analysis analysis, List<Verdict> verdicts) {
        var text = new StringBuilder();
        analysis.findings().forEach(finding -> finding(text, finding));
        if (analysis.findings().isEmpty()) {
            text.append("No findings.\n");
        }
        pairs(text, verdicts, Fold.UNREACHABLE, "Unreachable");
        pairs(text, verdicts, Fold.UNDETERMINED, "Undetermined");
        text.append("\n%d pairs: %d reachable, %d unreachable, %d undetermined. %d findings.%n"
                .formatted(
                        verdicts.size(),
                        count(verdicts, Fold.REACHABLE),
                        count(verdicts, Fold.UNREACHABLE),
                        count(verdicts, Fold.UNDETERMINED),
                        analysis.findings().size()));
        return text.toString();
    }

    private static long count(List<Verdict> verdicts, Fold fold) {
        return verdicts.stream()
                .filter(each -> each.disposition().fold() == fold)
                .count();
    }

    private static void finding(StringBuilder text, Finding finding) {
        var colour = switch (finding.severity()) {
            case CRITICAL -> "red";
            case WARNING -> "yellow";
            case INFO -> "cyan";
        };
        var head = Ansi.AUTO.string("@|bold,%s %s %s|@".formatted(colour, finding.code(), finding.severity()));
        var kind = finding.kind() == Finding.Kind.LIMITATION ? " (by design)" : "";
        text.append("%s  %s%s%n".formatted(head, finding.title(), kind));
        affected(text, "Pods", finding.affected().pods());
        affected(text, "Services", finding.affected().services());
        affected(text, "nodes", finding.affected().nodes());
        finding.evidence().stream().limit(EVIDENCE_LINES).forEach(line -> text.append("    | %s%n".formatted(line)));
        int more = finding.evidence().size() - EVIDENCE_LINES;
        if (more > 0) {
            text.append("    | … and %d more lines%n".formatted(more));
        }
        text.append("    Fix: %s%n%n".formatted(finding.remedy()));
    }

    private static void affected(StringBuilder text, String kind, List<?> names) {
        if (!names.isEmpty()) {
            text.append("    %s: %s%n"
                    .formatted(kind, names.stream().map(Object::toString).collect(Collectors.joining(", "))));
        }
    }

    /// Pairs that fail for the same reason stand together.
    private static void pairs(StringBuilder text, List<Verdict> verdicts, Fold fold, String title) {
        Map<String, List<Verdict>> byReason = verdicts.stream()
                .filter(each -> each.disposition().fold() == fold)
                .collect(groupingBy(CheckText::reason, LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, same) -> {
            text.append("%s, %s: %d%n".formatted(title, reason, same.size()));
            same.forEach(each -> text.append("    %s -> %s%n".formatted(each.from(), each.to())));
            text.append("    e.g. %s%n".formatted(same.getFirst().summary()));
        });
    }

    /// The disposition, with the code where there is one.
    static String reason(Verdict verdict) {
        return verdict.code() == null ? verdict.disposition().name() : verdict.disposition() + " " + verdict.code();
    }
}
