package dev.underpass.diagnosis.matrix;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sorts the clients into classes.
final class ClientClasses {

    private ClientClasses() {}

    static List<ClientClass> of(Analysis analysis) {
        var lines = new DecidingLines(analysis);
        var members = new LinkedHashMap<List<String>, List<ObjectName>>();
        for (var name : analysis.clients()) {
            var pod = analysis.pod(name).orElseThrow();
            members.computeIfAbsent(lines.of(pod), key -> new ArrayList<>()).add(name);
        }
        var classes = new ArrayList<ClientClass>();
        members.forEach((key, names) -> {
            var network = analysis.pod(names.getFirst()).orElseThrow().network();
            classes.add(new ClientClass(StableId.of(key), network.attachment(), network.mode(), key, List.of(), names));
        });
        return described(classes);
    }

    private static List<ClientClass> described(List<ClientClass> classes) {
        Map<String, ClientClass> largest = new HashMap<>();
        for (var each : classes) {
            largest.merge(
                    each.attachment() + each.mode(),
                    each,
                    (one, other) -> other.pods().size() > one.pods().size() ? other : one);
        }
        return classes.stream()
                .map(each ->
                        each.differing(difference(largest.getOrDefault(each.attachment() + each.mode(), each), each)))
                .toList();
    }

    /// What the one has and the other lacks (`-`), and the reverse (`+`).
    static List<String> difference(ClientClass one, ClientClass other) {
        var left = new HashSet<>(one.lines());
        var right = new HashSet<>(other.lines());
        var lines = new ArrayList<String>();
        one.lines().stream()
                .filter(line -> !right.contains(line))
                .map("- "::concat)
                .forEach(lines::add);
        other.lines().stream()
                .filter(line -> !left.contains(line))
                .map("+ "::concat)
                .forEach(lines::add);
        lines.sort(Comparator.comparing(line -> line.substring(2)));
        return lines;
    }
}
