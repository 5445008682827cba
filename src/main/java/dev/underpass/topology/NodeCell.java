package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;

import dev.underpass.cluster.NodeName;
import java.util.List;
import java.util.Objects;

/// One node as a cell of a grid, which no number of nodes rolls up.
///
/// @param tally of the Pods that are shown on it by their worst verdicts; of a node without any, nothing is known
public record NodeCell(NodeName node, Tally tally) {

    /// All nodes by name, with the Pods that the view shows.
    public static List<NodeCell> of(Inventory inventory, View view) {
        var tallies = inventory.placements().stream()
                .filter(each -> each.node() != null && view.covers(each) && view.keeps(each))
                .collect(groupingBy(
                        each -> Objects.requireNonNull(each.node()),
                        reducing(Tally.NONE, each -> Tally.of(each.worst()), Tally::plus)));
        return inventory.nodes().stream()
                .map(node -> new NodeCell(node, tallies.getOrDefault(node, Tally.NONE)))
                .toList();
    }
}
