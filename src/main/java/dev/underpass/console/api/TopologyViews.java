package dev.underpass.console.api;

import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Edge;
import dev.underpass.topology.Group;
import dev.underpass.topology.Network;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tally;
import dev.underpass.topology.Tile;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View.Grain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The drawing as the API gives it.
final class TopologyViews {

    private TopologyViews() {}

    /// A drawing: at most 600 nodes, at most 2,000 nodes, edges and groups together.
    ///
    /// @param groupedBy by what the Pods are rolled up
    /// @param label the key of the nodes' labels, where they are rolled up by it
    /// @param note a sentence where that is coarser than what was asked for, absent otherwise
    record TopologyView(
            Grain groupedBy,
            @Nullable String label,
            @Nullable String note,
            PodCounts pods,
            List<NodeView> nodes,
            List<EdgeView> edges,
            List<GroupView> groups,
            int edgesLeftOut) {}

    /// How many Pods there are, and where the others are: `all = shown + filtered + outside`.
    record PodCounts(int all, int shown, int filtered, int outside) {}

    /// A thing, or a rollup of things.
    record NodeView(
            String id,
            Lane lane,
            boolean rollup,
            String name,
            List<String> details,
            int members,
            int pods,
            Fold worst,
            Tally verdicts,
            List<Network.Kind> ports) {}

    /// A line between two of them; one that is no way to a Service has no verdicts.
    record EdgeView(
            String from,
            String to,
            Edge.Kind kind,
            int pods,
            @Nullable String via,
            @Nullable Fold worst,
            @Nullable Tally verdicts) {}

    /// The rollups that belong together.
    record GroupView(String id, String name, List<String> nodes, int pods, Fold worst, Tally verdicts) {}

    static TopologyView of(Scene scene) {
        return new TopologyView(
                scene.grain(),
                scene.grain() == Grain.LABEL ? scene.view().label() : null,
                scene.coarser() ? note(scene) : null,
                new PodCounts(scene.all(), scene.shown(), scene.filtered(), scene.outside()),
                scene.tiles().stream().map(TopologyViews::node).toList(),
                scene.edges().stream().map(TopologyViews::edge).toList(),
                scene.groups().stream().map(TopologyViews::group).toList(),
                scene.edgesLeftOut());
    }

    private static String note(Scene scene) {
        var by = scene.grain() == Grain.ALL ? "mode" : scene.grain().name().toLowerCase(java.util.Locale.ROOT);
        return "Grouped by %s: %,d Pods".formatted(by, scene.shown());
    }

    private static NodeView node(Tile tile) {
        return new NodeView(
                tile.id(),
                tile.lane(),
                tile.rollup(),
                tile.name(),
                tile.details(),
                tile.members(),
                tile.pods().size(),
                tile.worst(),
                tile.tally(),
                tile.ports());
    }

    private static EdgeView edge(Edge edge) {
        return new EdgeView(
                edge.from(),
                edge.to(),
                edge.kind(),
                edge.pods(),
                edge.via(),
                edge.toService() ? edge.worst() : null,
                edge.toService() ? edge.tally() : null);
    }

    private static GroupView group(Group group) {
        return new GroupView(
                group.id(),
                group.name(),
                group.tiles(),
                group.pods(),
                group.tally().worst(),
                group.tally());
    }
}
