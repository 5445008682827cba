package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteLines;
import dev.underpass.console.view.RouteLines.Mark;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.coordinator.Origins;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.report.NodeReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
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

        /// Where a line is in the page.
        public String anchor(Line line) {
            return LineAnchor.of(family, line.text());
        }

        /// Where a table is in the page.
        public String anchor(String table) {
            return "table-" + name() + "-" + table;
        }

        /// Whether the page has the table that a rule looks into.
        public boolean has(@Nullable String table) {
            return table != null
                    && tables != null
                    && tables.stream().anyMatch(each -> each.name().equals(table));
        }

        public String name() {
            return family == Family.IPV4 ? "IPv4" : "IPv6";
        }
    }

    /// One table.
    ///
    /// @param open whether people mostly look for it
    /// @param more how many lines are not shown, but for the one that was asked for
    /// @param asked that one, as a list; empty where it is among the others or in another table
    record Table(String name, boolean open, List<Line> lines, int more, List<Line> asked) {

        /// How many lines the kernel has.
        public long size() {
            return more
                    + asked.size()
                    + lines.stream().filter(line -> line.mark() != Mark.MISSING).count();
        }
    }

    /// A rule or route, and what is wrong with it.
    ///
    /// @param table where a rule looks; null for routes
    /// @param pod whose address the route leads to, where nothing else says so
    record Line(
            String text,
            Mark mark,
            Sentence because,
            @Nullable String table,
            @Nullable ObjectName pod) {}

    /// What is wrong with a line of the node, for a Pod.
    private record Wrong(DriftItem item, ObjectName pod) {}

    /// @param asked the anchor of a line that is shown however many come before it; empty for none
    static HostTables of(NodeReport report, Collection<PodSummary> pods, String asked) {
        var host = report.host().namespace().network();
        var wrong = pods.stream()
                .flatMap(pod -> pod.analysis().drift().stream()
                        .filter(DriftItem::onNode)
                        .map(item -> new Wrong(item, pod.name())))
                .toList();
        var addresses = addresses(pods);
        var tables = pods.stream()
                .map(pod -> pod.analysis().settings().hostRuleTable().value().toString())
                .collect(Collectors.toSet());
        return new HostTables(
                host.links() == null ? null : uplinks(host, host.links()),
                Stream.of(Family.values())
                        .map(family -> lines(
                                host,
                                new Judges(family, wrong, reasons(report, pods, family), addresses),
                                tables,
                                asked))
                        .toList());
    }

    private static Map<IpPrefix, ObjectName> addresses(Collection<PodSummary> pods) {
        var owners = new HashMap<IpPrefix, ObjectName>();
        for (var pod : pods) {
            if (!pod.analysis().pod().hostNetwork()) {
                pod.analysis().network().nics().stream()
                        .flatMap(nic -> nic.addresses().stream())
                        .forEach(address -> owners.put(
                                IpPrefix.around(address, address.family().bits()), pod.name()));
            }
        }
        return owners;
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

    /// What the coordinator keeps on the node for these Pods, by its lines.
    private static Map<String, Sentence> reasons(NodeReport report, Collection<PodSummary> pods, Family family) {
        var states = new HashMap<ObjectName, NetworkState>();
        report.pods()
                .forEach(pod -> states.put(
                        new ObjectName(pod.namespace(), pod.name()),
                        pod.network().network()));
        var reasons = new HashMap<String, Sentence>();
        for (var pod : pods) {
            var state = states.get(pod.name());
            if (state != null) {
                var analysis = pod.analysis();
                var host = report.host().namespace().network();
                reasons.putAll(Origins.onNode(analysis.pod(), analysis.network(), state, host, family)
                        .reasons());
            }
        }
        return reasons;
    }

    /// What tells how lines of one family stand.
    ///
    /// @param pods by the only address of their prefix
    private record Judges(
            Family family, List<Wrong> wrong, Map<String, Sentence> reasons, Map<IpPrefix, ObjectName> pods) {

        Judges {
            wrong = wrong.stream()
                    .filter(each -> each.item().family() == family)
                    .toList();
        }

        Line line(PolicyRule rule) {
            var text = rule.toString();
            var judged = RouteLines.judged(rule, item(text), reasons.get(text));
            return new Line(text, judged.mark(), judged.because(), RouteLines.table(rule), null);
        }

        Line line(Route route) {
            var text = route.toString();
            var judged = RouteLines.judged(route, item(text), reasons.get(text));
            var pod = judged.mark() == Mark.OTHER ? pods.get(route.destination()) : null;
            return new Line(text, judged.mark(), judged.because(), null, pod);
        }

        private Optional<DriftItem> item(String text) {
            return wrong.stream()
                    .map(Wrong::item)
                    .filter(each -> each.text().equals(text))
                    .findFirst();
        }

        Stream<Line> missing() {
            return wrong.stream()
                    .filter(each -> each.item().change() == DriftItem.Change.MISSING)
                    .map(each -> new Line(
                            each.item().text(),
                            Mark.MISSING,
                            each.item().reason(),
                            null,
                            isRule(each.item().text()) ? null : each.pod()))
                    .distinct();
        }
    }

    private static Lines lines(NetworkState host, Judges judges, Collection<String> tables, String asked) {
        var family = judges.family();
        var rules = family == Family.IPV4 ? host.rules() : host.rules6();
        var routes = family == Family.IPV4 ? host.routes() : host.routes6();
        return new Lines(
                family,
                rules == null ? null : rules(rules, judges),
                routes == null ? null : tables(routes, judges, tables, asked));
    }

    private static List<Line> rules(List<PolicyRule> rules, Judges judges) {
        var lines = rules.stream()
                .sorted(Comparator.comparingLong(PolicyRule::priority))
                .map(judges::line);
        return Stream.concat(lines, judges.missing().filter(line -> isRule(line.text())))
                .toList();
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

    private static List<Table> tables(
            List<Route> routes, Judges judges, Collection<String> coordinators, String asked) {
        Map<String, List<Line>> tables = new LinkedHashMap<>();
        coordinators.stream().sorted().forEach(name -> tables.put(name, new ArrayList<>()));
        tables.put("main", new ArrayList<>());
        tables.forEach((name, lines) -> judges.missing()
                .filter(line -> !isRule(line.text()) && tableOf(line.text()).equals(name))
                .forEach(lines::add));
        for (var route : routes) {
            tables.computeIfAbsent(route.table().name(), _ -> new ArrayList<>()).add(judges.line(route));
        }
        return tables.entrySet().stream()
                .map(entry -> table(
                        entry.getKey(),
                        coordinators.contains(entry.getKey()) || entry.getKey().equals("main"),
                        entry.getValue(),
                        line -> LineAnchor.of(judges.family(), line.text()).equals(asked)))
                .toList();
    }

    private static Table table(String name, boolean open, List<Line> lines, Predicate<Line> asked) {
        var beyond = lines.stream().skip(MOST).filter(asked).limit(1).toList();
        int shown = Math.min(lines.size(), MOST);
        return new Table(
                name, open || !beyond.isEmpty(), lines.subList(0, shown), lines.size() - shown - beyond.size(), beyond);
    }
}
