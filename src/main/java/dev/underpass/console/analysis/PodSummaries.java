package dev.underpass.console.analysis;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Finding;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.Disposition.Fold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// All Pods, each with its counts and findings, and the sums over them.
///
/// @param all by name, as people count
/// @param byNode those on a node
/// @param attachments how many there are of each attachment
/// @param worst how many there are of each worst verdict
/// @param pairs how many pairs of a Pod and a Service port there are of each verdict
record PodSummaries(
        List<PodSummary> all,
        Map<ObjectName, PodSummary> byName,
        Map<NodeName, List<PodSummary>> byNode,
        Map<String, Long> attachments,
        Map<Fold, Long> worst,
        Map<Fold, Long> pairs) {

    /// @param clients those whose connections are counted
    static PodSummaries of(Analysis analysis, Set<ObjectName> clients, List<Finding> findings) {
        var codes = codes(findings);
        var byName = new LinkedHashMap<ObjectName, PodSummary>();
        for (var pod : analysis.pods()) {
            var name = pod.pod().name();
            var counts = clients.contains(name) ? analysis.counts(name) : Map.<Disposition, Long>of();
            byName.put(name, new PodSummary(pod, counts, codes.getOrDefault(name, List.of())));
        }
        var all = byName.values().stream()
                .sorted(Comparator.comparing(PodSummary::name, NaturalOrder.NAMES))
                .toList();
        return new PodSummaries(all, byName, byNode(all), attachments(all), worst(all), pairs(all));
    }

    /// The codes of the findings that concern each Pod.
    private static Map<ObjectName, List<String>> codes(List<Finding> findings) {
        var codes = new HashMap<ObjectName, List<String>>();
        for (var finding : findings) {
            for (var pod : finding.affected().pods()) {
                codes.computeIfAbsent(pod, _ -> new ArrayList<>()).add(finding.code());
            }
        }
        return codes;
    }

    private static Map<NodeName, List<PodSummary>> byNode(List<PodSummary> pods) {
        return pods.stream()
                .filter(pod -> pod.analysis().pod().node() != null)
                .collect(groupingBy(
                        pod -> Objects.requireNonNull(pod.analysis().pod().node())));
    }

    private static Map<String, Long> attachments(List<PodSummary> pods) {
        return Collections.unmodifiableMap(pods.stream()
                .collect(groupingBy(pod -> pod.analysis().network().attachment(), TreeMap::new, counting())));
    }

    private static Map<Fold, Long> worst(List<PodSummary> pods) {
        return Map.copyOf(pods.stream().collect(groupingBy(PodSummary::worst, counting())));
    }

    private static Map<Fold, Long> pairs(List<PodSummary> pods) {
        var counts = new EnumMap<Fold, Long>(Fold.class);
        for (var fold : Fold.values()) {
            counts.put(fold, pods.stream().mapToLong(pod -> pod.count(fold)).sum());
        }
        return Collections.unmodifiableMap(counts);
    }
}
