package dev.underpass.topology;

import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View.Grain;
import dev.underpass.topology.View.Level;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is drawn of a cluster: tiles in lanes, edges between them, and how much of the cluster that is.
///
/// The tiles of the nodes' lane hold each shown Pod once, and so do those of the Pods' lane. A Pod in two networks is
/// counted at both.
///
/// @param grain by what the Pods are rolled up
/// @param coarser whether that is coarser than what was asked for
/// @param all how many Pods the cluster has: `shown`, `filtered` and `outside` together
/// @param shown how many Pods the tiles hold
/// @param filtered how many Pods of this level the query hides
/// @param outside how many Pods are not part of this level
/// @param edgesLeftOut how many edges are not drawn, because there are too many
public record Scene(
        View view,
        Grain grain,
        boolean coarser,
        int all,
        int shown,
        int filtered,
        int outside,
        List<Tile> tiles,
        List<Edge> edges,
        List<Group> groups,
        int edgesLeftOut) {

    /// No drawing has more tiles.
    public static final int MOST_TILES = 600;

    /// No drawing has more tiles, edges and groups.
    public static final int MOST_ELEMENTS = 2_000;

    /// With more Pods than this, the whole cluster is rolled up unless somebody asks for each.
    static final int SINGLE_PODS = 100;

    /// More Service edges than this are not readable: then only those that fail are drawn, and the selected tile's.
    static final int MOST_SERVICE_EDGES = 40;

    public Scene {
        tiles = List.copyOf(tiles);
        edges = List.copyOf(edges);
        groups = List.copyOf(groups);
    }

    /// Draws the view in the finest way that fits.
    public static Scene of(Inventory inventory, View view) {
        var covered = view.covered(inventory.cohorts());
        var shown = view.shown(covered);
        int pods = Cohort.size(shown);
        var wished = view.groupBy() != null ? view.groupBy() : natural(view, pods);
        var rollup = Stream.of(Grain.values())
                .filter(grain -> grain.compareTo(wished) >= 0)
                // Nobody asked for a label but who names one.
                .filter(grain -> grain != Grain.LABEL || wished == Grain.LABEL)
                .filter(grain -> grain != Grain.POD || pods < MOST_TILES)
                .map(grain -> new Rollup(inventory, shown, view, grain))
                .filter(each -> each.grain() == Grain.ALL || each.size() < MOST_TILES)
                .findFirst()
                .orElseThrow();
        var services = new ServiceTiles(inventory, shown, view.selected(), MOST_TILES - rollup.size());
        var edges = new Edges(rollup, services).all();
        var groups = rollup.groups();
        var tiles = Stream.concat(rollup.tiles().stream(), services.tiles().stream())
                .toList();
        var drawn = readable(view, edges).stream()
                .limit(MOST_ELEMENTS - tiles.size() - groups.size())
                .toList();
        return new Scene(
                view,
                rollup.grain(),
                rollup.grain() != wished,
                inventory.placements().size(),
                pods,
                Cohort.size(covered) - pods,
                inventory.placements().size() - Cohort.size(covered),
                tiles,
                drawn,
                groups,
                edges.size() - drawn.size());
    }

    private static Grain natural(View view, int pods) {
        return view.level() == Level.ESTATE && pods > SINGLE_PODS ? Grain.NODE : Grain.POD;
    }

    /// The edges that somebody can make out: how things are attached, what fails, and all of the selected tile.
    private static List<Edge> readable(View view, List<Edge> edges) {
        long toServices = edges.stream().filter(Edge::toService).count();
        var selectedFirst = Comparator.comparing((Edge edge) -> !edge.touches(view.selected()));
        return edges.stream()
                .filter(edge -> toServices <= MOST_SERVICE_EDGES
                        || edge.kind() != Edge.Kind.SERVICE
                        || edge.touches(view.selected()))
                .sorted(selectedFirst)
                .toList();
    }

    /// The selected tile, if this drawing has it.
    public Optional<Tile> selected() {
        return tiles.stream().filter(tile -> tile.id().equals(view.selected())).findFirst();
    }

    /// The selected tile and those one edge away from it; none where nothing is selected.
    public Set<String> near() {
        var near = new HashSet<String>();
        selected().ifPresent(tile -> near.add(tile.id()));
        edges.stream().filter(edge -> edge.touches(view.selected())).forEach(edge -> {
            near.add(edge.from());
            near.add(edge.to());
        });
        return near;
    }

    public List<Tile> lane(Lane lane) {
        return tiles.stream().filter(tile -> tile.lane() == lane).toList();
    }
}
