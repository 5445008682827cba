package dev.underpass.console.view;

import static java.util.stream.Collectors.toCollection;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteLines.Mark;
import dev.underpass.console.view.RouteLines.RouteLine;
import dev.underpass.console.view.TraceComparison.Row.Kind;
import dev.underpass.diagnosis.Roles;
import dev.underpass.net.IpAddress.Family;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two Pods' rules and routing tables, or one Pod's at two times, line by line. Lines that say the same of each Pod's
/// own addresses, of its node's
/// and of its gateway are alike; those that are expected and missing are not there to compare.
///
/// @param then when the right one was; absent where both are of the same time
public record RouteComparison(
        ObjectName left,
        ObjectName right,
        List<Section> sections,
        @Nullable Instant then) {

    public RouteComparison {
        sections = List.copyOf(sections);
    }

    /// The rules, or one table, of a family.
    ///
    /// @param table null for the rules
    /// @param unread the Pods of which it was not reported: nothing is compared then
    public record Section(Family family, @Nullable String table, List<ObjectName> unread, List<Row> rows) {

        public Section {
            unread = List.copyOf(unread);
            rows = List.copyOf(rows);
        }

        /// The rows in which the Pods differ.
        public List<Row> different() {
            return rows.stream().filter(Row::differs).toList();
        }
    }

    /// A line of either Pod or of both.
    ///
    /// @param left empty where only the right one has it; `right` likewise
    public record Row(Kind kind, String left, String right) {

        boolean differs() {
            return kind != Kind.SAME && kind != Kind.ALIKE;
        }

        /// The kind as a sign beside its word.
        public String mark() {
            return switch (kind) {
                case SAME -> "=";
                case ALIKE -> "≈";
                case DIFFERENT -> "~";
                case ONLY_LEFT -> "-";
                case ONLY_RIGHT -> "+";
            };
        }
    }

    /// @param key what makes two lines that are not alike versions of one: a rule's priority, a route's destination
    private record Line(String text, String inRoles, String key) {}

    /// Compares what was reported of both.
    ///
    /// @param there where the right one is from
    public static RouteComparison of(ClusterView cluster, PodSummary left, ClusterView there, PodSummary right) {
        var sections = new ArrayList<Section>();
        for (var family : Family.values()) {
            var one = Side.of(cluster, left, family);
            var other = Side.of(there, right, family);
            if (one.isRead() && other.isRead()) {
                sections.add(new Section(family, null, List.of(), rows(one.rules(), other.rules())));
                for (var table : tables(one, other)) {
                    sections.add(new Section(family, table, List.of(), rows(one.table(table), other.table(table))));
                }
            } else {
                var unread = Stream.of(one, other)
                        .filter(side -> !side.isRead())
                        .map(Side::pod)
                        .toList();
                sections.add(new Section(family, null, unread, List.of()));
            }
        }
        return new RouteComparison(left.name(), right.name(), sections, there == cluster ? null : there.knownAt());
    }

    /// How many lines the Pods have in common but for addresses.
    public long common() {
        return sections.stream()
                .flatMap(section -> section.rows().stream())
                .filter(row -> !row.differs())
                .count();
    }

    /// How many lines are not the same of both.
    public long differences() {
        return sections.stream()
                .mapToLong(section -> section.different().size())
                .sum();
    }

    /// Tables of both, `local` last as everywhere.
    private static Set<String> tables(Side one, Side other) {
        var names = new LinkedHashSet<String>();
        names.addAll(one.tables().keySet());
        names.addAll(other.tables().keySet());
        if (names.remove("local")) {
            names.add("local");
        }
        return names;
    }

    /// Lines find each other by their text, then by what they say in roles, then by what they are about.
    private static List<Row> rows(Set<Line> left, Set<Line> right) {
        var partners = new HashMap<Line, Line>();
        var alone = new LinkedHashSet<>(right);
        for (var by : List.<Function<Line, String>>of(Line::text, Line::inRoles, Line::key)) {
            var waiting = new HashMap<String, Deque<Line>>();
            alone.forEach(line -> waiting.computeIfAbsent(by.apply(line), _ -> new ArrayDeque<>())
                    .add(line));
            for (var line : left) {
                var same = waiting.get(by.apply(line));
                if (same != null && !same.isEmpty() && !partners.containsKey(line)) {
                    partners.put(line, same.poll());
                }
            }
            alone.removeAll(Set.copyOf(partners.values()));
        }
        return inOrder(left, right, partners);
    }

    /// In the left one's order; what only the right one has stands behind what it stands behind there.
    private static List<Row> inOrder(Set<Line> left, Set<Line> right, Map<Line, Line> partners) {
        var rows = new ArrayList<Row>();
        var behind = new HashMap<Line, List<Row>>();
        var found = Set.copyOf(partners.values());
        var place = rows;
        for (var line : right) {
            if (found.contains(line)) {
                place = new ArrayList<>();
                behind.put(line, place);
            } else {
                place.add(new Row(Kind.ONLY_RIGHT, "", line.text()));
            }
        }
        for (var line : left) {
            var partner = partners.get(line);
            rows.add(row(line, partner));
            rows.addAll(partner == null ? List.of() : behind.getOrDefault(partner, List.of()));
        }
        return rows;
    }

    private static Row row(Line left, @Nullable Line right) {
        if (right == null) {
            return new Row(Kind.ONLY_LEFT, left.text(), "");
        }
        if (left.text().equals(right.text())) {
            return new Row(Kind.SAME, left.text(), right.text());
        }
        return new Row(left.inRoles().equals(right.inRoles()) ? Kind.ALIKE : Kind.DIFFERENT, left.text(), right.text());
    }

    /// One Pod's lines of a family.
    private record Side(ObjectName pod, RouteLines lines, Roles roles) {

        static Side of(ClusterView cluster, PodSummary pod, Family family) {
            return new Side(
                    pod.name(),
                    RouteLines.of(cluster, pod, family),
                    Roles.withNetworks(cluster.analysis(), pod.name()));
        }

        boolean isRead() {
            return lines.rules() != null && lines.tables() != null;
        }

        Set<Line> rules() {
            return inRoles(lines.rules() == null ? List.of() : lines.rules(), rule -> Long.toString(rule.priority()));
        }

        Map<String, List<RouteLine>> tables() {
            return lines.tables() == null ? Map.of() : lines.tables();
        }

        Set<Line> table(String name) {
            return inRoles(
                    tables().getOrDefault(name, List.of()),
                    route -> "%s %s %d".formatted(route.type(), roles.in(route.dst()), route.metric()));
        }

        private <T extends RouteLines.Line> Set<Line> inRoles(List<T> all, Function<T, String> key) {
            return all.stream()
                    .filter(line -> line.mark() != Mark.MISSING)
                    .map(line -> new Line(line.text(), roles.in(line.text()), key.apply(line)))
                    .collect(toCollection(LinkedHashSet::new));
        }
    }
}
