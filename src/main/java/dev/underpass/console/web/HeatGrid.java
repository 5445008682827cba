package dev.underpass.console.web;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.NodeCell;
import dev.underpass.topology.View;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// All nodes of the cluster, each a cell of one grid; a table shows the same, page by page.
record HeatGrid(List<NodeCell> nodes, Paging<NodeCell> rows) {

    private static final long EIGHTHS = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static HeatGrid of(ClusterView cluster, View view, int page) {
        var nodes = NodeCell.of(cluster.inventory(), view);
        return new HeatGrid(nodes, Paging.of(nodes, page));
    }

    /// The nodes' names in their order, for the script that draws the grid.
    public String names() {
        return JSON.writeValueAsString(
                nodes.stream().map(cell -> cell.node().value()).toList());
    }

    /// One character for each node: `r` where all is reachable, `u` where something is not known and nothing fails,
    /// else
    /// from `1` to `8` how many eighths of its Pods fail, more than none.
    public String shares() {
        return nodes.stream().map(HeatGrid::share).collect(joining());
    }

    private static String share(NodeCell cell) {
        var tally = cell.tally();
        return switch (tally.worst()) {
            case REACHABLE -> "r";
            case UNDETERMINED -> "u";
            case UNREACHABLE -> String.valueOf(Math.ceilDiv(tally.unreachable() * EIGHTHS, tally.total()));
        };
    }

    /// How many nodes are of that worst verdict.
    public long count(String fold) {
        Map<Fold, Long> counts =
                nodes.stream().collect(groupingBy(cell -> cell.tally().worst(), counting()));
        return counts.getOrDefault(Fold.valueOf(fold), 0L);
    }
}
