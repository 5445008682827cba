package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.NodeName;
import java.util.List;

/// One node as a cell of a grid, which no number of nodes rolls up.
///
/// @param tally of the Pods that are shown on it by their worst verdicts; of a node without any, nothing is known
public record NodeCell(NodeName node, Tally tally) {

    /// All nodes by name, with the Pods that the view shows.
    public static List<NodeCell> of(Inventory inventory, View view) {
        var shown = view.shown(view.covered(inventory.cohorts())).stream().collect(groupingBy(Cohort::node));
        return inventory.nodes().stream()
                .map(node -> new NodeCell(node, Tally.worst(shown.getOrDefault(node.value(), List.of()))))
                .toList();
    }
}
