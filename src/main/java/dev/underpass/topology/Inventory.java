package dev.underpass.topology;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.topology.Placement.Port;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// All that a drawing of a cluster can show.
///
/// @param networks in their order, those without Pods included
/// @param nodes by name, those without Pods included
/// @param placements one for each Pod, by name
/// @param services by name
public record Inventory(
        List<Network> networks, List<NodeName> nodes, List<Placement> placements, List<ObjectName> services) {

    public Inventory {
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
                .sorted(Comparator.comparing(NodeName::value))
                .toList();
        services = Stream.concat(
                        services.stream(),
                        Asked.of(placements).stream().flatMap(each -> each.services().keySet().stream()))
                .distinct()
                .sorted()
                .toList();
    }

    /// What an analysis says of a cluster's Pods.
    public static Inventory of(Analysis analysis) {
        var snapshot = analysis.snapshot();
        return new Inventory(
                new Networks(snapshot).declared().toList(),
                snapshot.nodes().stream().map(each -> each.name()).toList(),
                new Placing(analysis).all(),
                snapshot.services().stream().map(Service::name).toList());
    }

    /// Whether a network has that id.
    public boolean hasNetwork(String id) {
        return networks.stream().anyMatch(network -> network.id().equals(id));
    }
}
