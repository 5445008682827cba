package dev.underpass.diagnosis;

import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.RecreatedPod.LineChange.Where;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lines in which two states of a namespace differ.
final class LineChanges {

    private LineChanges() {}

    /// The lines that go, then those that come.
    static List<LineChange> between(NamespaceReport before, NamespaceReport after, Where where) {
        var old = lines(before);
        var now = lines(after);
        var changes = new ArrayList<LineChange>();
        old.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add(change(false, where, line)));
        now.stream().filter(line -> !old.contains(line)).forEach(line -> changes.add(change(true, where, line)));
        return changes;
    }

    private static LineChange change(boolean added, Where where, String line) {
        return new LineChange(added, where, line);
    }

    private static Set<String> lines(NamespaceReport report) {
        var state = report.network();
        var lines = new LinkedHashSet<String>();
        list(state.links()).forEach(link -> lines.add("link " + words(link)));
        list(state.addresses()).forEach(address -> lines.add(address.toString()));
        list(state.rules()).forEach(rule -> lines.add("rule " + rule));
        list(state.rules6()).forEach(rule -> lines.add("-6 rule " + rule));
        list(state.routes()).forEach(route -> lines.add(route.toString()));
        list(state.routes6()).forEach(route -> lines.add(route.toString()));
        list(state.neighbours()).stream().filter(Neighbour::permanent).forEach(entry -> lines.add("neigh " + entry));
        (state.sysctls() == null ? Map.<String, String>of() : state.sysctls())
                .forEach((key, value) -> lines.add(key + " = " + value));
        filters(report.filters().iptables(), "", lines);
        filters(report.filters().ip6tables(), "-6 ", lines);
        return lines;
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /// Its number and its flags say nothing to people.
    private static String words(Link link) {
        return "%s %s mtu %d".formatted(link.name(), link.kind(), link.mtuBytes());
    }

    private static void filters(@Nullable String saved, String family, Set<String> lines) {
        if (saved != null) {
            saved.lines().filter(line -> line.startsWith("-A ")).forEach(line -> lines.add(family + line));
        }
    }
}
