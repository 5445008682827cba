package dev.underpass.console.web;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.Parameters;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteLines;
import dev.underpass.console.view.RouteLines.Mark;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.net.FibResult;
import dev.underpass.net.FibResult.Passed;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpStack;
import dev.underpass.net.NotObservedException;
import dev.underpass.words.Sentence;
import java.util.List;

/// The routes tab: rules and tables of both families, and which of them decide for an address.
///
/// @param four the IPv4 lines; `six` the IPv6 ones
/// @param dst the address that was asked for, as typed
/// @param winner what decides for it
/// @param error what is wrong with it, empty when nothing is
/// @param onlyProblems whether lines that nothing is wrong with are left out
/// @param changed the codes of what changed in the settings after the Pod was made
record RoutesTab(
        RouteLines four,
        RouteLines six,
        List<DriftItem> onNode,
        String dst,
        Winner winner,
        Sentence error,
        boolean onlyProblems,
        List<String> changed) {

    /// The lines that decide for an address; empty where none does.
    ///
    /// @param passed the rules that were tried in vain, each with the reason
    record Winner(String rule, String route, String outcome, List<Passed> passed) {
        static final Winner NONE = new Winner("", "", "", List.of());
    }

    static RoutesTab of(ClusterView cluster, PodSummary pod, String dst, boolean onlyProblems) {
        var winner = Winner.NONE;
        var error = Sentence.NONE;
        if (!dst.isBlank()) {
            try {
                winner = winner(cluster, pod, dst);
            } catch (InvalidInputException e) {
                error = e.sentence();
            } catch (NotObservedException e) {
                error = e.sentence();
            }
        }
        return new RoutesTab(
                RouteLines.of(cluster, pod, Family.IPV4),
                RouteLines.of(cluster, pod, Family.IPV6),
                pod.analysis().drift().stream().filter(DriftItem::onNode).toList(),
                dst,
                winner,
                error,
                onlyProblems,
                pod.analysis().drift().stream()
                        .map(DriftItem::code)
                        .filter(StalePods.CHANGED::contains)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Winner winner(ClusterView cluster, PodSummary pod, String dst) {
        var address = Parameters.address("dst", dst);
        var stack = new IpStack(RouteLines.state(cluster, pod));
        var result = stack.fib(address.family()).lookup(Flow.to(address));
        var passed = result.passed();
        return switch (result) {
            case FibResult.Found found ->
                new Winner(found.rule().toString(), found.route().toString(), "", passed);
            case FibResult.Refused refused ->
                new Winner(
                        refused.rule().toString(),
                        refused.line(),
                        refused.type().toString(),
                        passed);
            case FibResult.NoRoute _ -> new Winner("", "", "unreachable", passed);
        };
    }

    /// Whether a line is shown.
    public boolean shows(Mark mark) {
        return !onlyProblems || (mark != Mark.EXPECTED && mark != Mark.OTHER);
    }

    /// How many of a table's lines the kernel has.
    public long size(List<RouteLines.RouteLine> table) {
        return table.stream().filter(line -> line.mark() != Mark.MISSING).count();
    }

    /// The lines as `ip` prints them, with those that are missing as remarks.
    public String text() {
        var text = new StringBuilder();
        append(text, four, "ip");
        append(text, six, "ip -6");
        return text.toString();
    }

    private static void append(StringBuilder text, RouteLines lines, String ip) {
        if (lines.rules() != null) {
            text.append("# %s rule%n".formatted(ip));
            lines.rules().forEach(line -> text.append(line.text()).append('\n'));
        }
        if (lines.tables() != null) {
            lines.tables().forEach((table, its) -> {
                text.append("# %s route show table %s%n".formatted(ip, table));
                its.forEach(line -> text.append(line.mark() == Mark.MISSING ? "# MISSING: " : "")
                        .append(line.text())
                        .append('\n'));
            });
        }
    }

    /// Whether a line, of the one family or the other, is the one that decides.
    public boolean wins(String text, boolean ofSix) {
        return dst.contains(":") == ofSix
                && !text.isEmpty()
                && (text.equals(winner.rule()) || text.equals(winner.route()));
    }
}
