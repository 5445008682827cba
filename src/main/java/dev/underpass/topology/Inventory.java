package dev.underpass.topology;

import static java.util.stream.Collectors.toMap;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.topology.Placement.Port;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that a drawing of a cluster can show.
///
/// @param networks in their order, those without Pods included
/// @param nodes by name, those without Pods included
/// @param placements one for each Pod, by name
/// @param services by name
/// @param labels of the nodes
/// @param types of the Services, as far as they are known: `ClusterIP`, `Headless` …
/// @param cohorts the same Pods, those together that only their names tell apart
public record Inventory(
        List<Network> networks,
        List<NodeName> nodes,
        List<Placement> placements,
        List<ObjectName> services,
        Map<NodeName, Map<String, String>> labels,
        Map<ObjectName, String> types,
        List<Cohort> cohorts) {

    /// A grouping has fewer groups than this; a label that tells every node from the others is none.
    private static final int MOST_GROUPS = 200;

    public Inventory {
        cohorts = List.copyOf(cohorts);
        placements =
                placements.stream().sorted(Comparator.comparing(Placement::pod)).toList();
        networks = Stream.concat(
                        networks.stream(),
                        placements.stream()
                                .flatMap(each -> each.ports().stream().map(Port::network)))
                .distinct()
                .sorted()
                .toList();
        nodes = Stream.concat(nodes.stream(), placements.stream().map(Placement::node))
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparing(NodeName::value, NaturalOrder.TEXT))
                .toList();
        services = Stream.concat(
                        services.stream(),
                        Asked.of(cohorts).stream().flatMap(each -> each.services().keySet().stream()))
                .distinct()
                .sorted()
                .toList();
        labels = Map.copyOf(labels);
        types = Map.copyOf(types);
    }

    Inventory(
            List<Network> networks,
            List<NodeName> nodes,
            List<Placement> placements,
            List<ObjectName> services,
            Map<NodeName, Map<String, String>> labels,
            Map<ObjectName, String> types) {
        this(networks, nodes, placements, services, labels, types, Cohort.of(placements));
    }

    /// What an analysis says of a cluster's Pods.
    public static Inventory of(Analysis analysis) {
        var snapshot = analysis.snapshot();
        return new Inventory(
                new Networks(snapshot).declared().toList(),
                snapshot.nodes().stream().map(each -> each.name()).toList(),
                new Placing(analysis).all(),
                snapshot.services().stream().map(Service::name).toList(),
                snapshot.nodes().stream().collect(toMap(Node::name, Node::labels, (one, other) -> one)),
                snapshot.services().stream().collect(toMap(Service::name, Inventory::type, (one, other) -> one)));
    }

    /// A Service without an address of its own is a class by itself.
    private static String type(Service service) {
        boolean headless =
                service.type().equals("ClusterIP") && service.clusterIps().isEmpty();
        return headless ? "Headless" : service.type();
    }

    /// The keys of labels by which nodes can be grouped: several nodes have one value, and others have another.
    public List<String> groupingLabels() {
        var values = new TreeMap<String, Map<String, Integer>>();
        labels.values()
                .forEach(each -> each.forEach((key, value) ->
                        values.computeIfAbsent(key, _ -> new HashMap<>()).merge(value, 1, Integer::sum)));
        return values.entrySet().stream()
                .filter(each -> isGrouping(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isGrouping(Map<String, Integer> counts) {
        int labelled = counts.values().stream().mapToInt(Integer::intValue).sum();
        int groups = counts.size() + (labelled < nodes.size() ? 1 : 0);
        return groups > 1 && groups < nodes.size() && groups <= MOST_GROUPS;
    }

    /// In what group a node is by a label, as a selector says it: the value; `KEY=` where that is empty; `!KEY` where
    /// the
    /// node has no such label. Empty of no node.
    String group(String node, String key) {
        if (node.isEmpty()) {
            return "";
        }
        var value = labels.getOrDefault(new NodeName(node), Map.of()).get(key);
        return value == null ? "!" + key : value.isEmpty() ? key + "=" : value;
    }

    /// Whether a network has that id.
    public boolean hasNetwork(String id) {
        return networks.stream().anyMatch(network -> network.id().equals(id));
    }
}
