package dev.underpass.console.view;

import dev.underpass.diagnosis.Analysis;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A trace as text that reads well in a terminal and in a ticket.
public final class TraceText {

    private TraceText() {}

    public static String of(Analysis analysis, Trace trace) {
        var verdict = analysis.verdict(trace);
        var text = new StringBuilder();
        text.append("%s -> %s%n".formatted(trace.from(), trace.to()));
        text.append("%s%s  (%s)%n"
                .formatted(
                        word(trace.disposition()),
                        verdict.code() == null ? "" : " " + verdict.code(),
                        verdict.confidence().name().toLowerCase(Locale.ROOT)));
        text.append("%s%n".formatted(verdict.summary()));
        analysis.attribution(trace, trace.worst())
                .ifPresent(each -> text.append("Fix: %s%n".formatted(each.code().remedy())));
        for (var path : trace.paths()) {
            path(text, path, trace.paths().size() > 1);
        }
        trace.alternatives().forEach(line -> text.append("%n%s%n".formatted(line)));
        return text.toString();
    }

    /// The same for a ticket: the verdict in prose, the way in a block that no evidence can end.
    public static String markdown(Analysis analysis, Trace trace) {
        var verdict = analysis.verdict(trace);
        var fence = "`".repeat(8);
        return "**%s** %s → %s%s%n%n%s%n%n%stext%n%s%s%n"
                .formatted(
                        word(trace.disposition()),
                        trace.from(),
                        trace.to(),
                        verdict.code() == null ? "" : " (" + verdict.code() + ")",
                        verdict.summary(),
                        fence,
                        of(analysis, trace),
                        fence);
    }

    private static String word(Disposition disposition) {
        return switch (disposition.fold()) {
            case REACHABLE -> "REACHABLE";
            case UNREACHABLE -> "UNREACHABLE (" + disposition + ")";
            case UNDETERMINED -> "UNDETERMINED (" + disposition + ")";
        };
    }

    private static void path(StringBuilder text, Path path, boolean several) {
        var backend = path.backend();
        if (several && backend != null) {
            text.append("%nbackend %s%s: %s%n"
                    .formatted(
                            backend.socket(),
                            backend.pod() == null ? "" : " " + backend.pod(),
                            word(path.disposition())));
        }
        boolean delivered = path.disposition() == Disposition.DELIVERED;
        direction(text, "FORWARD", path.forward(), 1);
        if (!delivered && path.end().phase().forward()) {
            end(text, path);
        }
        direction(text, "REPLY", path.reply(), path.forward().size() + 1);
        if (!delivered && !path.end().phase().forward()) {
            end(text, path);
        }
    }

    private static void end(StringBuilder text, Path path) {
        var end = path.end();
        text.append("   X  %s: %s%n".formatted(end.where(), end.detail()));
        if (!end.evidence().isEmpty()) {
            text.append("        %s%n".formatted(end.evidence()));
        }
        facts(text, end.facts());
    }

    private static void facts(StringBuilder text, List<Hop.Fact> facts) {
        facts.forEach(fact -> text.append("        %s%n".formatted(fact(fact))));
    }

    private static String fact(Hop.Fact fact) {
        var line = fact.line();
        var said = fact.detail().isEmpty() ? "" : " (%s)".formatted(fact.detail());
        return switch (fact.kind()) {
            case MISSING -> "- %s MISSING%s".formatted(line, said);
            case DEVICE -> line + said;
            case RUNNER_UP, NEIGHBOUR -> "%s %s".formatted(fact.detail(), line).strip();
        };
    }

    private static void direction(StringBuilder text, String name, List<Hop> hops, int first) {
        if (hops.isEmpty()) {
            return;
        }
        text.append("%n%s%n".formatted(name));
        @Nullable Place place = null;
        int number = first;
        for (var hop : hops) {
            if (!hop.where().equals(place)) {
                place = hop.where();
                text.append(" %s%n".formatted(place));
            }
            text.append(
                    "  %2d  %-10s %s%n".formatted(number++, hop.step().name().toLowerCase(Locale.ROOT), hop.detail()));
            if (!hop.evidence().isEmpty()) {
                text.append("        %s%n".formatted(hop.evidence()));
            }
            facts(text, hop.facts());
        }
    }
}
