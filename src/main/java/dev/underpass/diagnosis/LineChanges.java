package dev.underpass.diagnosis;

import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.RecreatedPod.LineChange.Where;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.report.NamespaceReport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lines in which two states of a namespace differ.
final class LineChanges {

    private final Set<String> old = new LinkedHashSet<>();
    private final Set<String> now = new LinkedHashSet<>();

    private LineChanges() {}

    /// The lines that go, then those that come.
    static List<LineChange> between(NamespaceReport before, NamespaceReport after, Where where) {
        var changes = new LineChanges();
        changes.addNetwork(before, after);
        changes.add(rules(before.filters().iptables()), rules(after.filters().iptables()), rule -> rule);
        changes.add(rules(before.filters().ip6tables()), rules(after.filters().ip6tables()), rule -> "-6 " + rule);
        return Stream.concat(
                        changes.old.stream()
                                .filter(line -> !changes.now.contains(line))
                                .map(line -> new LineChange(false, where, line)),
                        changes.now.stream()
                                .filter(line -> !changes.old.contains(line))
                                .map(line -> new LineChange(true, where, line)))
                .toList();
    }

    private void addNetwork(NamespaceReport before, NamespaceReport after) {
        var one = before.network();
        var other = after.network();
        add(one.links(), other.links(), LineChanges::words);
        add(one.addresses(), other.addresses(), Object::toString);
        add(one.rules(), other.rules(), rule -> "rule " + rule);
        add(one.rules6(), other.rules6(), rule -> "-6 rule " + rule);
        add(one.routes(), other.routes(), Object::toString);
        add(one.routes6(), other.routes6(), Object::toString);
        add(permanent(one.neighbours()), permanent(other.neighbours()), entry -> "neigh " + entry);
        add(entries(one.sysctls()), entries(other.sysctls()), entry -> entry.getKey() + " = " + entry.getValue());
    }

    /// A section that is the same, mostly a long one, is not looked into.
    private <T> void add(@Nullable List<T> before, @Nullable List<T> after, Function<T, String> words) {
        if (!Objects.equals(before, after)) {
            Stream.ofNullable(before).flatMap(List::stream).map(words).forEach(old::add);
            Stream.ofNullable(after).flatMap(List::stream).map(words).forEach(now::add);
        }
    }

    /// Its number and its flags say nothing to people.
    private static String words(Link link) {
        return "link %s %s mtu %d".formatted(link.name(), link.kind(), link.mtuBytes());
    }

    private static List<Neighbour> permanent(@Nullable List<Neighbour> neighbours) {
        return neighbours == null
                ? List.of()
                : neighbours.stream().filter(Neighbour::permanent).toList();
    }

    private static List<Map.Entry<String, String>> entries(@Nullable Map<String, String> sysctls) {
        return sysctls == null
                ? List.of()
                : sysctls.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    private static List<String> rules(@Nullable String saved) {
        return saved == null
                ? List.of()
                : saved.lines().filter(line -> line.startsWith("-A ")).toList();
    }
}
