package dev.underpass.console.view;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.coordinator.ExpectedPlan;
import dev.underpass.coordinator.Origins;
import dev.underpass.diagnosis.NodeReportOf;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.NetworkState;
import dev.underpass.net.NextHop;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.PodReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// A Pod's rules and routing tables of one family, each line marked against the coordinator's plan.
///
/// @param rules by priority, null when they were not reported
/// @param tables by name, `main` first; missing lines stand where they belong; null when not reported
public record RouteLines(
        @Nullable List<RuleLine> rules, @Nullable Map<String, List<RouteLine>> tables) {

    /// How a line stands to the plan.
    public enum Mark {
        EXPECTED,
        UNEXPECTED,
        MISSING,
        DIFFERENT,
        /// The kernel made it.
        KERNEL,
        /// Another program wrote it, by the line's own word: a routing daemon, a DHCP client.
        PROGRAM,
        /// Nothing tells whose it is: a CNI plugin's, or somebody else's.
        OTHER;

        /// Whether something is wrong with the line.
        public boolean isProblem() {
            return this == UNEXPECTED || this == MISSING || this == DIFFERENT;
        }
    }

    /// A rule or a route.
    public interface Line {

        String text();

        Mark mark();
    }

    /// A policy rule.
    ///
    /// @param table where it looks; absent for a rule that looks nowhere
    public record RuleLine(
            String text,
            long priority,
            @Nullable String table,
            Mark mark,
            @JsonSerialize(using = ToStringSerializer.class) Sentence because)
            implements Line {}

    /// A route.
    public record RouteLine(
            String text,
            String type,
            String dst,
            @Nullable String gateway,
            @Nullable String dev,
            String table,
            @Nullable String prefsrc,
            String scope,
            long metric,
            Mark mark,
            @JsonSerialize(using = ToStringSerializer.class) Sentence because)
            implements Line {}

    /// All of them that were reported, and routes that are missing.
    public Stream<Line> all() {
        return Stream.concat(
                Stream.ofNullable(rules).flatMap(List::stream),
                Stream.ofNullable(tables).flatMap(each -> each.values().stream().flatMap(List::stream)));
    }

    /// Whether a rule looks into the table, as far as rules were reported.
    public boolean isUsed(String table) {
        return rules == null || rules.stream().anyMatch(rule -> table.equals(rule.table()));
    }

    /// The lines of a Pod.
    public static RouteLines of(ClusterView cluster, PodSummary pod, Family family) {
        var report = report(cluster, pod);
        var state = report.map(NamespaceReport::network).orElse(NetworkState.NOT_OBSERVED);
        var rules = family == Family.IPV4 ? state.rules() : state.rules6();
        var routes = family == Family.IPV4 ? state.routes() : state.routes6();
        var origins = report.map(each -> origins(cluster, pod, each, family)).orElse(Origins.UNTOLD);
        return new RouteLines(
                rules == null ? null : rules(pod, rules, origins),
                routes == null ? null : tables(pod, routes, family, origins));
    }

    private static Origins origins(ClusterView cluster, PodSummary pod, NamespaceReport report, Family family) {
        var analysis = pod.analysis();
        var snapshot = cluster.analysis().snapshot();
        var node = analysis.pod().node();
        var host = node == null ? null : snapshot.reports().get(node);
        return host == null
                ? Origins.UNTOLD
                : Origins.inPod(
                        snapshot,
                        analysis.pod(),
                        analysis.network(),
                        analysis.settings(),
                        report,
                        host.host().namespace(),
                        family);
    }

    /// What was read of the Pod's network.
    public static NetworkState state(ClusterView cluster, PodSummary pod) {
        return report(cluster, pod).map(NamespaceReport::network).orElse(NetworkState.NOT_OBSERVED);
    }

    private static Optional<NamespaceReport> report(ClusterView cluster, PodSummary pod) {
        return NodeReportOf.pod(
                        cluster.analysis().snapshot(), pod.analysis().pod().node(), pod.name())
                .map(PodReport::network);
    }

    private static List<RuleLine> rules(PodSummary pod, List<PolicyRule> rules, Origins origins) {
        return rules.stream()
                .sorted(Comparator.comparingLong(PolicyRule::priority))
                .map(rule -> ruleLine(pod, rule, origins))
                .toList();
    }

    private static RuleLine ruleLine(PodSummary pod, PolicyRule rule, Origins origins) {
        var text = rule.toString();
        var judged = judged(rule, drift(pod, text), origins.reasons().get(text));
        return new RuleLine(text, rule.priority(), table(rule), judged.mark(), judged.because());
    }

    /// Where a rule looks; null for a rule that looks nowhere.
    public static @Nullable String table(PolicyRule rule) {
        return rule.action() instanceof PolicyRule.Action.Lookup(var table, var _, var _) ? table.name() : null;
    }

    private static Optional<DriftItem> drift(PodSummary pod, String text) {
        return pod.analysis().drift().stream()
                .filter(item -> !item.onNode() && item.text().equals(text))
                .findFirst();
    }

    /// How a line that is there stands to the plan, and why.
    public record Judged(Mark mark, Sentence because) {}

    /// How a rule stands that is there.
    ///
    /// @param item what is wrong with it, if anything
    /// @param reason why it belongs there, if anything tells
    public static Judged judged(PolicyRule rule, Optional<DriftItem> item, @Nullable Sentence reason) {
        return judged(item, Origins.isKernels(rule), reason);
    }

    /// How a route stands that is there.
    ///
    /// @param item what is wrong with it, if anything
    /// @param reason why it belongs there, if anything tells
    public static Judged judged(Route route, Optional<DriftItem> item, @Nullable Sentence reason) {
        var judged = judged(item, Origins.isKernels(route), reason);
        return judged.mark() == Mark.OTHER
                ? Origins.program(route)
                        .map(program -> new Judged(Mark.PROGRAM, program))
                        .orElse(judged)
                : judged;
    }

    private static Judged judged(Optional<DriftItem> item, boolean kernels, @Nullable Sentence reason) {
        if (item.isPresent()) {
            return new Judged(mark(item.get()), item.get().reason());
        }
        if (kernels) {
            return new Judged(Mark.KERNEL, Sentence.NONE);
        }
        return reason == null ? new Judged(Mark.OTHER, Sentence.NONE) : new Judged(Mark.EXPECTED, reason);
    }

    private static Mark mark(DriftItem item) {
        return switch (item.change()) {
            case MISSING -> Mark.MISSING;
            case UNEXPECTED -> Mark.UNEXPECTED;
            case DIFFERENT -> Mark.DIFFERENT;
        };
    }

    private static Map<String, List<RouteLine>> tables(
            PodSummary pod, List<Route> routes, Family family, Origins origins) {
        var tables = new LinkedHashMap<String, List<RouteLine>>();
        tables.put("main", new ArrayList<>());
        for (var route : routes) {
            tables.computeIfAbsent(route.table().name(), _ -> new ArrayList<>()).add(routeLine(pod, route, origins));
        }
        for (var line : pod.analysis().plan().lines()) {
            boolean there = routes.stream().anyMatch(route -> ExpectedPlan.same(line.route(), route));
            if (line.route().family() == family && !there) {
                tables.computeIfAbsent(line.route().table().name(), _ -> new ArrayList<>())
                        .add(line(line.route(), Mark.MISSING, line.because()));
            }
        }
        var local = tables.remove("local");
        if (local != null) {
            tables.put("local", local);
        }
        return tables;
    }

    private static RouteLine routeLine(PodSummary pod, Route route, Origins origins) {
        var expected = pod.analysis().plan().lines().stream()
                .filter(line -> ExpectedPlan.same(line.route(), route))
                .findFirst();
        if (expected.isPresent()) {
            return line(route, Mark.EXPECTED, expected.get().because());
        }
        var text = route.toString();
        var judged = judged(route, drift(pod, text), origins.reasons().get(text));
        return line(route, judged.mark(), judged.because());
    }

    private static RouteLine line(Route route, Mark mark, Sentence because) {
        NextHop hop = route.nextHops().isEmpty() ? null : route.nextHops().getFirst();
        return new RouteLine(
                route.toString(),
                route.type().toString(),
                route.isDefault() ? "default" : route.destination().toString(),
                hop == null ? null : PairView.text(hop.gateway()),
                hop == null ? null : PairView.text(hop.device()),
                route.table().name(),
                PairView.text(route.preferredSource()),
                route.scope().toString(),
                route.metric(),
                mark,
                because);
    }
}
