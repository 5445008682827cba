package dev.underpass.console.web;

import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteLines.Mark;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a node routes by: its rules and tables, with what they lack, or have too much of, for the node's Pods.
///
/// @param links the devices that lead out of the node, or that others hang on; null when they were not reported
record HostTables(@Nullable List<Link> links, List<Lines> families) {

    /// So many lines of a table are shown.
    static final int MOST = 100;

    private static final List<String> UPLINKS = List.of("", "bond", "vlan", "bridge", "vxlan", "ipip");

    /// The lines of one family.
    ///
    /// @param rules null when they were not reported
    /// @param tables the coordinator's and `main` first; null when they were not reported
    record Lines(
            Family family,
            @Nullable List<Line> rules,
            @Nullable List<Table> tables) {

        public String name() {
            return family == Family.IPV4 ? "IPv4" : "IPv6";
        }
    }

    /// One table.
    ///
    /// @param open whether people mostly look for it
    /// @param more how many lines are not shown
    record Table(String name, boolean open, List<Line> lines, int more) {

        /// How many lines the kernel has.
        public long size() {
            return more
                    + lines.stream().filter(line -> line.mark() != Mark.MISSING).count();
        }
    }

    /// A rule or route, and what is wrong with it.
    record Line(String text, Mark mark, Sentence because) {}

    static HostTables of(NetworkState host, Collection<PodSummary> pods) {
        var wrong = pods.stream()
                .flatMap(pod -> pod.analysis().drift().stream())
                .filter(DriftItem::onNode)
                .toList();
        var tables = pods.stream()
                .map(pod -> pod.analysis().settings().hostRuleTable().value().toString())
                .collect(Collectors.toSet());
        return new HostTables(
                host.links() == null ? null : uplinks(host, host.links()),
                Stream.of(Family.values())
                        .map(family -> lines(host, family, wrong, tables))
                        .toList());
    }

    /// Also where the node's own device is one end of a veth, as in nodes that are containers.
    private static List<Link> uplinks(NetworkState host, List<Link> links) {
        var toGateways = Stream.of(host.routes(), host.routes6())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .flatMap(route -> route.nextHops().stream())
                .filter(hop -> hop.gateway() != null)
                .flatMap(hop -> Stream.ofNullable(hop.device()))
                .collect(Collectors.toSet());
        return links.stream()
                .filter(link -> !link.loopback() && (UPLINKS.contains(link.kind()) || toGateways.contains(link.name())))
                .toList();
    }

    private static Lines lines(NetworkState host, Family family, List<DriftItem> wrong, Collection<String> tables) {
        var rules = family == Family.IPV4 ? host.rules() : host.rules6();
        var routes = family == Family.IPV4 ? host.routes() : host.routes6();
        var its = wrong.stream().filter(item -> item.family() == family).toList();
        return new Lines(
                family, rules == null ? null : rules(rules, its), routes == null ? null : tables(routes, its, tables));
    }

    private static List<Line> rules(List<PolicyRule> rules, List<DriftItem> wrong) {
        var lines = rules.stream()
                .sorted(Comparator.comparingLong(PolicyRule::priority))
                .map(rule -> line(rule.toString(), wrong));
        return Stream.concat(lines, missing(wrong).filter(line -> isRule(line.text())))
                .toList();
    }

    private static Stream<Line> missing(List<DriftItem> wrong) {
        return wrong.stream()
                .filter(item -> item.change() == DriftItem.Change.MISSING)
                .map(item -> new Line(item.text(), Mark.MISSING, item.reason()))
                .distinct();
    }

    private static boolean isRule(String text) {
        return text.matches("\\d+: .*");
    }

    /// The table of a route as `ip route` prints it, which does not name `main`.
    private static String tableOf(String route) {
        var words = List.of(route.split(" ", -1));
        int at = words.indexOf("table");
        return at < 0 || at + 1 == words.size() ? "main" : words.get(at + 1);
    }

    private static Line line(String text, List<DriftItem> wrong) {
        return wrong.stream()
                .filter(item -> item.text().equals(text))
                .findFirst()
                .map(item -> new Line(
                        text,
                        item.change() == DriftItem.Change.UNEXPECTED ? Mark.UNEXPECTED : Mark.DIFFERENT,
                        item.reason()))
                .orElseGet(() -> new Line(text, Mark.OTHER, Sentence.NONE));
    }

    private static List<Table> tables(List<Route> routes, List<DriftItem> wrong, Collection<String> coordinators) {
        Map<String, List<Line>> tables = new LinkedHashMap<>();
        coordinators.stream().sorted().forEach(name -> tables.put(name, new ArrayList<>()));
        tables.put("main", new ArrayList<>());
        tables.forEach((name, lines) -> missing(wrong)
                .filter(line -> !isRule(line.text()) && tableOf(line.text()).equals(name))
                .forEach(lines::add));
        for (var route : routes) {
            tables.computeIfAbsent(route.table().name(), _ -> new ArrayList<>()).add(line(route.toString(), wrong));
        }
        return tables.entrySet().stream()
                .map(entry -> new Table(
                        entry.getKey(),
                        coordinators.contains(entry.getKey()) || entry.getKey().equals("main"),
                        entry.getValue().stream().limit(MOST).toList(),
                        Math.max(0, entry.getValue().size() - MOST)))
                .toList();
    }
}
