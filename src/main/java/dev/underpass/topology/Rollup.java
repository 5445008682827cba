package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View.Grain;
import dev.underpass.topology.View.Level;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Rolls the Pods of a view up into tiles. Every Pod is in exactly one tile of the lanes of nodes and of Pods.
final class Rollup {

    private static final int MOST_NAMED = 3;

    private final Inventory inventory;
    private final List<Cohort> cohorts;
    private final View view;
    private final Grain grain;
    private final Map<String, String> nodeNetworks = new LinkedHashMap<>();
    private final IdentityHashMap<Cohort, String> podTiles = new IdentityHashMap<>();
    private final Map<String, List<Network>> networks;
    private final Map<String, SortedSet<String>> nodes;
    private final Map<String, List<Cohort>> pods;

    Rollup(Inventory inventory, List<Cohort> shown, View view, Grain grain) {
        this.inventory = inventory;
        this.cohorts = grain == Grain.POD ? singles(shown) : shown;
        this.view = view;
        this.grain = grain;
        shown.stream()
                .collect(groupingBy(Cohort::node, TreeMap::new, toList()))
                .forEach((node, its) -> nodeNetworks.put(node, ids(its)));
        cohorts.forEach(each -> podTiles.put(each, named(each)));
        this.networks = networksByTile();
        this.nodes = nodesByTile();
        // In the order of their nodes, so that Pods stand beside them.
        this.pods = cohorts.stream().collect(groupingBy(this::podTile, LinkedHashMap::new, toList()));
    }

    private static List<Cohort> singles(List<Cohort> shown) {
        return shown.stream()
                .flatMap(each -> each.singles().stream())
                .sorted(Cohort.BY_NODE)
                .toList();
    }

    private static String ids(List<Cohort> cohorts) {
        var ids = new TreeSet<String>();
        cohorts.forEach(each ->
                each.first().ports().forEach(port -> ids.add(port.network().id())));
        return String.join("+", ids);
    }

    /// All Pods that are shown, those of a tile in their order.
    List<Cohort> cohorts() {
        return cohorts;
    }

    Grain grain() {
        return grain;
    }

    /// How many tiles there are but for Services.
    int size() {
        return networks.size() + nodes.size() + pods.size();
    }

    /// The tiles but for Services.
    List<Tile> tiles() {
        var tiles = new ArrayList<Tile>();
        tiles.addAll(networkTiles());
        tiles.addAll(nodeTiles());
        pods.forEach((id, its) -> tiles.add(pods(id, its)));
        return tiles;
    }

    /// The networks of each tile.
    private Map<String, List<Network>> networksByTile() {
        var declared = view.level() == Level.ESTATE ? inventory.networks().stream() : Stream.<Network>empty();
        return Stream.concat(declared, cohorts.stream().flatMap(each -> networks(each).stream()))
                .collect(toCollection(TreeSet::new))
                .stream()
                .collect(groupingBy(this::network, LinkedHashMap::new, toList()));
    }

    private static List<Network> networks(Cohort cohort) {
        return cohort.first().ports().stream()
                .map(Placement.Port::network)
                .distinct()
                .toList();
    }

    private List<Tile> networkTiles() {
        var members = new TreeMap<String, List<Cohort>>();
        for (var cohort : cohorts) {
            networks(cohort).stream()
                    .map(this::network)
                    .distinct()
                    .forEach(id ->
                            members.computeIfAbsent(id, _ -> new ArrayList<>()).add(cohort));
        }
        var tiles = new ArrayList<Tile>();
        networks.forEach((id, its) -> tiles.add(network(id, its, members.getOrDefault(id, List.of()))));
        return tiles;
    }

    private Tile network(String id, List<Network> its, List<Cohort> members) {
        boolean all = grain == Grain.ALL;
        var first = its.getFirst();
        var details = new ArrayList<String>();
        if (!all) {
            first.gateways().forEach(gateway -> details.add("gw " + gateway));
            first.pools().stream().limit(MOST_NAMED).forEach(details::add);
        }
        return new Tile(
                id,
                Lane.NETWORK,
                all,
                all ? "" : first.id(),
                details,
                its.size(),
                names(members),
                Tally.worst(members),
                List.of(first.kind()));
    }

    /// The id of the tile that a network is in.
    String network(Network network) {
        var kind = network.kind().name().toLowerCase(Locale.ROOT);
        return grain == Grain.ALL ? "networks:" + kind : kind + ":" + network.id();
    }

    /// The nodes of each tile.
    private Map<String, SortedSet<String>> nodesByTile() {
        var declared =
                view.level() == Level.ESTATE ? inventory.nodes().stream().map(NodeName::value) : Stream.<String>empty();
        var names = new TreeMap<String, SortedSet<String>>(NaturalOrder.TEXT);
        Stream.concat(declared, cohorts.stream().map(Cohort::node))
                .distinct()
                .forEach(node -> names.computeIfAbsent(nodeTile(node), _ -> new TreeSet<>(NaturalOrder.TEXT))
                        .add(node));
        return names;
    }

    private List<Tile> nodeTiles() {
        var members = cohorts.stream().collect(groupingBy(this::nodeTile));
        return nodes.entrySet().stream()
                .map(entry -> node(entry.getKey(), entry.getValue(), members.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private Tile node(String id, SortedSet<String> nodes, List<Cohort> its) {
        boolean nodeless = grain == Grain.LABEL && nodes.first().isEmpty();
        boolean rollup = grain.compareTo(Grain.NODE) > 0 && !nodeless;
        var name = switch (grain) {
            case POD, NODE -> nodes.first();
            case LABEL -> group(nodes.first());
            case NAMESPACE, NETWORK -> nodeNetworks.getOrDefault(nodes.first(), "");
            case ALL -> "";
        };
        var masters = its.stream()
                .flatMap(each -> each.first().ports().stream())
                .map(Placement.Port::master)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .distinct()
                .sorted()
                .limit(MOST_NAMED)
                .toList();
        return new Tile(id, Lane.NODE, rollup, name, masters, nodes.size(), names(its), Tally.worst(its), kinds(its));
    }

    private String nodeTile(String node) {
        return switch (grain) {
            case POD, NODE -> "node:" + node;
            case LABEL -> "nodes:label/" + group(node);
            case NAMESPACE, NETWORK -> "nodes:" + nodeNetworks.getOrDefault(node, "");
            case ALL -> "nodes:all";
        };
    }

    private String group(String node) {
        return inventory.group(node, Objects.requireNonNull(view.label()));
    }

    /// The id of the tile that the Pods' node is in.
    String nodeTile(Cohort cohort) {
        return nodeTile(cohort.node());
    }

    private Tile pods(String id, List<Cohort> its) {
        var cohort = its.getFirst();
        var first = cohort.first();
        boolean rollup = grain != Grain.POD;
        var where = switch (grain) {
            case POD -> List.of(first.attachment());
            case NODE -> List.of(cohort.node(), first.networks());
            case NAMESPACE -> List.of(cohort.namespace(), first.networks());
            case LABEL -> List.of(group(cohort.node()), first.networks());
            case NETWORK -> List.of(first.networks());
            case ALL -> List.<String>of();
        };
        var name =
                !rollup ? cohort.pods().getFirst().toString() : grain == Grain.ALL ? mode(cohort) : first.attachment();
        return new Tile(id, Lane.POD, rollup, name, where, Cohort.size(its), names(its), Tally.worst(its), kinds(its));
    }

    private static String mode(Cohort cohort) {
        return cohort.first().mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The id of the tile that the Pods are in.
    String podTile(Cohort cohort) {
        return Objects.requireNonNull(podTiles.get(cohort));
    }

    private String named(Cohort cohort) {
        var alike = cohort.first().networks() + "/" + mode(cohort) + "/"
                + cohort.first().attachment();
        return switch (grain) {
            case POD -> "pod:" + cohort.pods().getFirst();
            case NODE -> "pods:node/" + cohort.node() + "/" + alike;
            case NAMESPACE -> "pods:namespace/" + cohort.namespace() + "/" + alike;
            case LABEL -> "pods:label/" + group(cohort.node()) + "/" + alike;
            case NETWORK -> "pods:network/" + alike;
            case ALL -> "pods:" + mode(cohort);
        };
    }

    /// The Pod tiles by what they are rolled up by; single Pods by their node.
    List<Group> groups() {
        Function<Cohort, String> key = switch (grain) {
            case POD, NODE -> Cohort::node;
            case NAMESPACE -> Cohort::namespace;
            case LABEL -> cohort -> group(cohort.node());
            case NETWORK -> cohort -> cohort.first().networks();
            case ALL -> Rollup::mode;
        };
        var prefix = grain == Grain.POD ? "node" : grain.name().toLowerCase(Locale.ROOT);
        return cohorts.stream().collect(groupingBy(key, TreeMap::new, toList())).entrySet().stream()
                .map(entry -> new Group(
                        prefix + ":" + entry.getKey(),
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(this::podTile)
                                .distinct()
                                .sorted()
                                .toList(),
                        Cohort.size(entry.getValue()),
                        Tally.worst(entry.getValue())))
                .toList();
    }

    private static List<ObjectName> names(List<Cohort> cohorts) {
        return cohorts.stream().flatMap(each -> each.pods().stream()).toList();
    }

    private static List<Network.Kind> kinds(List<Cohort> cohorts) {
        return List.of(Network.Kind.values()).stream()
                .filter(kind -> cohorts.stream().anyMatch(each -> each.first().in(kind)))
                .toList();
    }
}
