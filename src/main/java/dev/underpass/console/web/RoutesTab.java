package dev.underpass.console.web;

import static java.util.stream.Collectors.toSet;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.Parameters;
import dev.underpass.console.Phrases;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteComparison;
import dev.underpass.console.view.RouteLines;
import dev.underpass.console.view.RouteLines.Mark;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.diagnosis.MissingRoutes;
import dev.underpass.net.FibResult;
import dev.underpass.net.FibResult.Passed;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpStack;
import dev.underpass.net.NotObservedException;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The routes tab: rules and tables of both families, and which of them decide for an address; or those of two Pods
/// side by side.
///
/// @param four the IPv4 lines; `six` the IPv6 ones
/// @param elsewhere what differs from the plan and is no line that is there, nor a route that is not
/// @param onNode the same of what belongs to the node
/// @param winner what decides for the address that was asked for
/// @param error what is wrong with that address, empty when nothing is
/// @param comparison absent when no other Pod was asked for, or for what `unknown` says
/// @param unknown what is wrong with the other Pod, empty when nothing is
/// @param instead what may be meant by a Pod that a recording does not have
/// @param pods which Pods may be compared with
/// @param changed the codes of what changed in the settings after the Pod was made
/// @param drifted when that was, as far as anybody saw it
record RoutesTab(
        Asked asked,
        RouteLines four,
        RouteLines six,
        List<DriftItem> elsewhere,
        List<DriftItem> onNode,
        Winner winner,
        Sentence error,
        @Nullable RouteComparison comparison,
        Sentence unknown,
        SameWorkload instead,
        List<String> pods,
        List<String> changed,
        Drifted drifted) {

    /// So many Pods of the namespace are offered; any other can be typed.
    private static final int CHOICES = 100;

    /// What is asked, as it was typed.
    ///
    /// @param dst the address that decides which route wins
    /// @param only `problems`: without lines that are in order, or that two Pods have in common
    /// @param with what it is compared with, see [Beside]
    /// @param family `4` or `6`: without lines of the other
    record Asked(String dst, String only, String with, String family) {

        /// What a form leaves out is empty.
        Asked {
            dst = Objects.requireNonNullElse(dst, "");
            only = Objects.requireNonNullElse(only, "");
            with = Objects.requireNonNullElse(with, "");
            family = Objects.requireNonNullElse(family, "");
        }

        /// Whether lines of IPv6, or else of IPv4, are shown.
        public boolean shows(boolean six) {
            return !family.equals(six ? "4" : "6");
        }

        public boolean onlyProblems() {
            return only.equals("problems");
        }
    }

    /// The lines that decide for an address; empty where none does.
    ///
    /// @param passed the rules that were tried in vain, each with the reason
    record Winner(String rule, String route, String outcome, List<Passed> passed, List<String> missing) {
        static final Winner NONE = new Winner("", "", "", List.of(), List.of());
    }

    static RoutesTab of(ClusterView cluster, PodSummary pod, Asked asked, Drifted drifted, Beside beside) {
        var winner = Winner.NONE;
        var error = Sentence.NONE;
        if (!asked.dst().isBlank()) {
            try {
                winner = winner(cluster, pod, asked.dst());
            } catch (InvalidInputException e) {
                error = e.sentence();
            } catch (NotObservedException e) {
                error = e.sentence();
            }
        }
        RouteComparison comparison = null;
        var unknown = beside.error();
        var instead = SameWorkload.NONE;
        var there = beside.cluster();
        if (there != null && !asked.with().isBlank()) {
            try {
                var other = Parameters.pod(there, "with", beside.podOr(pod.name()));
                comparison =
                        RouteComparison.of(cluster, pod, there, there.pod(other).orElseThrow());
            } catch (InvalidInputException e) {
                unknown = e.sentence();
            } catch (NotFoundException e) {
                unknown = beside.at().isEmpty() ? e.sentence() : Phrases.THEN.with(there.knownAt(), e.sentence());
                instead = beside.instead(cluster, pod.name());
            }
        }
        return of(cluster, pod, asked, new Answers(winner, error, comparison, unknown, instead), drifted);
    }

    private record Answers(
            Winner winner,
            Sentence error,
            @Nullable RouteComparison comparison,
            Sentence unknown,
            SameWorkload instead) {}

    private static RoutesTab of(ClusterView cluster, PodSummary pod, Asked asked, Answers answers, Drifted drifted) {
        var four = RouteLines.of(cluster, pod, Family.IPV4);
        var six = RouteLines.of(cluster, pod, Family.IPV6);
        var drift = pod.analysis().drift();
        var shown = Stream.of(four, six)
                .flatMap(RouteLines::all)
                .map(RouteLines.Line::text)
                .collect(toSet());
        return new RoutesTab(
                asked,
                four,
                six,
                drift.stream()
                        .filter(item -> !item.onNode() && !shown.contains(item.text()))
                        .toList(),
                drift.stream().filter(DriftItem::onNode).toList(),
                answers.winner(),
                answers.error(),
                answers.comparison(),
                answers.unknown(),
                answers.instead(),
                cluster.pods().stream()
                        .filter(each -> !each.name().equals(pod.name())
                                && each.name().namespace().equals(pod.name().namespace()))
                        .limit(CHOICES)
                        .map(each -> each.name().toString())
                        .toList(),
                drift.stream()
                        .map(DriftItem::code)
                        .filter(StalePods.CHANGED::contains)
                        .distinct()
                        .sorted()
                        .toList(),
                drifted);
    }

    private static Winner winner(ClusterView cluster, PodSummary pod, String dst) {
        var address = Parameters.address("dst", dst);
        var state = RouteLines.state(cluster, pod);
        var result = new IpStack(state).fib(address.family()).lookup(Flow.to(address));
        var passed = result.passed();
        var missing = MissingRoutes.deciding(pod.analysis().plan(), state, address).stream()
                .map(Object::toString)
                .toList();
        return switch (result) {
            case FibResult.Found found ->
                new Winner(found.rule().toString(), found.route().toString(), "", passed, missing);
            case FibResult.Refused refused ->
                new Winner(
                        refused.rule().toString(),
                        refused.line(),
                        refused.type().toString(),
                        passed,
                        missing);
            case FibResult.NoRoute _ -> new Winner("", "", "unreachable", passed, missing);
        };
    }

    /// Where a line is in the page.
    public static String anchor(String line, boolean ofSix) {
        return LineAnchor.of(ofSix ? Family.IPV6 : Family.IPV4, line);
    }

    /// Whether a line is shown.
    public boolean shows(Mark mark) {
        return !asked.onlyProblems() || mark.isProblem();
    }

    /// Whether any line of the rules, or of a table, is shown.
    public boolean showsAny(List<? extends RouteLines.Line> lines) {
        return !asked.onlyProblems()
                || lines.stream().anyMatch(line -> line.mark().isProblem());
    }

    /// Whether anything of the family is shown.
    public boolean showsAny(RouteLines lines) {
        return !asked.onlyProblems() || lines.all().anyMatch(line -> line.mark().isProblem());
    }

    /// How many lines nothing is wrong with.
    public long fine() {
        return marks().filter(mark -> !mark.isProblem()).count();
    }

    /// Whether nothing is wrong with what was reported.
    public boolean nothingWrong() {
        return fine() > 0 && marks().noneMatch(Mark::isProblem) && elsewhere.isEmpty();
    }

    private Stream<Mark> marks() {
        return Stream.of(four, six).flatMap(RouteLines::all).map(RouteLines.Line::mark);
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
        return asked.dst().contains(":") == ofSix
                && !text.isEmpty()
                && (text.equals(winner.rule()) || text.equals(winner.route()));
    }
}
