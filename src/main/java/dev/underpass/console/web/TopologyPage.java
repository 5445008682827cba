package dev.underpass.console.web;

import dev.underpass.cluster.ObjectName;
import dev.underpass.console.Filtered;
import dev.underpass.console.PodQuery;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.topology.Edge;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Layout.Box;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tile;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the topology's page shows.
final class TopologyPage {

    private static final int MOST_NEIGHBOURS = 8;
    private static final int MOST_MEMBERS = 50;
    private static final int MOST_LABELS = 50;

    private final ClusterView cluster;
    private final Scene scene;
    private final TopologyAddress address;
    private final Filtered<PodQuery.Subject> list;
    private final Layout layout;
    private final Marks marks;
    private final boolean detailed;
    private final Set<String> near;
    private final Map<String, Tile> tiles = new HashMap<>();
    private final Map<String, List<Edge>> edges = new HashMap<>();

    TopologyPage(ClusterView cluster, Scene scene, TopologyAddress address, Filtered<PodQuery.Subject> list) {
        this.cluster = cluster;
        this.scene = scene;
        this.address = address;
        this.list = list;
        this.layout = Layout.of(scene);
        var drawing = new Drawing(scene, layout);
        this.marks = drawing.marks();
        this.detailed = drawing.detailed();
        this.near = scene.near();
        scene.tiles().forEach(tile -> tiles.put(tile.id(), tile));
        for (var edge : scene.edges()) {
            edges.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
            edges.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge);
        }
    }

    public Scene scene() {
        return scene;
    }

    /// Whether a tile stands for many nodes of the whole cluster, so that a grid is to show each.
    public boolean hidesNodes() {
        return scene.view().level() == Level.ESTATE
                && scene.lane(Lane.NODE).stream().anyMatch(tile -> tile.rollup() && tile.members() > 1);
    }

    public TopologyAddress address() {
        return address;
    }

    /// What the query asks, and what is wrong with it.
    public Filtered<PodQuery.Subject> list() {
        return list;
    }

    /// How many connections fail on the broken edges of rollups, each where its edge is cut.
    public List<Wires.Cut> cuts() {
        return Wires.cuts(scene, layout, marks);
    }

    /// Asked for each tile.
    public boolean detailed() {
        return detailed;
    }

    /// How many nodes the drawing's lane of them stands for.
    public int nodes() {
        return scene.lane(Lane.NODE).stream()
                .filter(tile -> tile.rollup() || !tile.name().isEmpty())
                .mapToInt(Tile::members)
                .sum();
    }

    /// The keys of labels that nodes can be grouped by; the one that is asked for is among them.
    public List<String> labels() {
        var asked = Stream.ofNullable(scene.view().label());
        return Stream.concat(
                        asked, cluster.inventory().groupingLabels().stream().limit(MOST_LABELS))
                .distinct()
                .sorted()
                .toList();
    }

    public Layout layout() {
        return layout;
    }

    public List<Wires.Wire> wires() {
        return Wires.of(scene, layout, marks);
    }

    public List<Tile> tiles() {
        return scene.tiles();
    }

    public Box box(Tile tile) {
        return java.util.Objects.requireNonNull(layout.boxes().get(tile.id()));
    }

    public List<Lane> lanes() {
        return List.of(Lane.values());
    }

    public int left(Lane lane) {
        return Layout.left(lane);
    }

    /// An id for the page's elements, whatever the tile's own is made of.
    public String element(Tile tile) {
        return "tile-" + UUID.nameUUIDFromBytes(tile.id().getBytes(StandardCharsets.UTF_8));
    }

    public String look(Tile tile) {
        var nearness = near.isEmpty() ? "" : near.contains(tile.id()) ? " near" : " far";
        var selected = tile.id().equals(scene.view().selected()) ? " selected" : "";
        var mixed = TileText.mixed(tile) ? " mixed" : "";
        return tile.worst().name().toLowerCase(java.util.Locale.ROOT) + mixed + nearness + selected;
    }

    /// What stands in the tile.
    ///
    /// @param unnamed what a tile without a name is called
    public TileText text(Tile tile, String unnamed, String detail) {
        return TileText.of(tile, box(tile), tile.name().isEmpty() ? unnamed : tile.name(), detailed ? detail : "");
    }

    /// Where edges end in the tile, from its top.
    public double port(Tile tile, boolean upper) {
        return box(tile).height() * (upper ? Layout.UPPER_PORT : Layout.LOWER_PORT);
    }

    /// The Services of the tile, some of them where there are many.
    public List<ObjectName> services(Tile tile) {
        return tile.services().stream().limit(MOST_MEMBERS).toList();
    }

    /// The tiles that edges lead to, some of them where there are many.
    public List<Neighbour> neighbours(Tile tile) {
        return edges.getOrDefault(tile.id(), List.of()).stream()
                .limit(tile.id().equals(scene.view().selected()) ? Scene.MOST_ELEMENTS : MOST_NEIGHBOURS)
                .map(edge -> neighbour(tile, edge))
                .toList();
    }

    private Neighbour neighbour(Tile tile, Edge edge) {
        var other = edge.from().equals(tile.id()) ? edge.to() : edge.from();
        return new Neighbour(java.util.Objects.requireNonNull(tiles.get(other)), edge);
    }

    public int furtherNeighbours(Tile tile) {
        return edges.getOrDefault(tile.id(), List.of()).size()
                - neighbours(tile).size();
    }

    /// A tile next to another, and the edge between.
    record Neighbour(Tile tile, Edge edge) {}

    public @Nullable Tile selected() {
        return scene.selected().orElse(null);
    }

    /// Whether the URL selects a tile that this drawing does not have.
    public boolean selectionLost() {
        return !address.sel().isEmpty() && scene.selected().isEmpty();
    }

    /// The Pods of the tile with their verdicts, some of them where there are many.
    public List<PodSummary> members(Tile tile) {
        return tile.pods().stream()
                .sorted()
                .limit(MOST_MEMBERS)
                .map(cluster::pod)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Where the drawing of what the tile stands for is, if there is one.
    public @Nullable String opens(Tile tile) {
        if (tile.rollup() || tile.name().isEmpty()) {
            return null;
        }
        return switch (tile.lane()) {
            case NETWORK -> address.open(Level.NETWORK, tile.name()).href();
            case NODE -> address.open(Level.NODE, tile.name()).href();
            case POD -> address.open(Level.POD, tile.name()).href();
            case SERVICE -> null;
        };
    }

    public String estate() {
        return address.open(Level.ESTATE, "").href();
    }

    /// Where the Pod's node is drawn; absent on other levels.
    public @Nullable String parent() {
        var node = parentName();
        return node == null ? null : address.open(Level.NODE, node).href();
    }

    public @Nullable String parentName() {
        if (scene.view().level() != Level.POD) {
            return null;
        }
        return cluster.pod(ObjectName.parse(scene.view().id()))
                .map(pod -> pod.analysis().pod().node())
                .map(Object::toString)
                .orElse(null);
    }

    /// The Service's or Pod's own parts, for links.
    public ObjectName name(Tile tile) {
        return ObjectName.parse(tile.name());
    }
}
