package dev.underpass.console.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.console.analysis.Freshness.State;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Nodes whose reports are of one state, told together.
///
/// @param named the first of them
/// @param ageSeconds of the oldest of their reports; 0 without one
/// @param pods how many Pods their reports have
record Reported(State state, int nodes, List<NodeName> named, long ageSeconds, int pods) {

    private static final int MOST_NAMED = 8;

    static List<Reported> all(ClusterView cluster) {
        return cluster.analysis().snapshot().nodes().stream()
                .collect(groupingBy(node -> cluster.freshness(node.name()).state(), TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(entry -> of(cluster, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Reported of(ClusterView cluster, State state, List<Node> nodes) {
        var names = nodes.stream()
                .map(Node::name)
                .sorted(Comparator.comparing(NodeName::value, NaturalOrder.TEXT))
                .toList();
        return new Reported(
                state,
                names.size(),
                names.stream().limit(MOST_NAMED).toList(),
                names.stream()
                        .map(cluster::freshness)
                        .mapToLong(Freshness::ageSeconds)
                        .max()
                        .orElse(0),
                names.stream().mapToInt(name -> pods(cluster, name)).sum());
    }

    private static int pods(ClusterView cluster, NodeName node) {
        var report = cluster.analysis().snapshot().reports().get(node);
        return report == null ? 0 : report.pods().size();
    }

    /// How many of the nodes are not named.
    public int more() {
        return nodes - named.size();
    }
}
