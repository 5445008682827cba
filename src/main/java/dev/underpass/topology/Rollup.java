package dev.underpass.topology;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View.Grain;
import dev.underpass.topology.View.Level;
import java.util.ArrayList;
import java.util.Comparator;
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

/// Rolls the Pods of a view up into tiles. Every Pod is in exactly one tile of the lanes of nodes and of Pods.
final class Rollup {

    private static final int MOST_NAMED = 3;

    private final Inventory inventory;
    private final List<Placement> shown;
    private final View view;
    private final Grain grain;
    private final Map<String, String> nodeNetworks = new LinkedHashMap<>();
    private final IdentityHashMap<Placement, String> podTiles = new IdentityHashMap<>();

    Rollup(Inventory inventory, List<Placement> shown, View view, Grain grain) {
        this.inventory = inventory;
        this.shown = shown;
        this.view = view;
        this.grain = grain;
        shown.stream()
                .collect(groupingBy(Rollup::nodeName, TreeMap::new, toList()))
                .forEach((node, its) -> nodeNetworks.put(node, networks(its)));
    }

    private static String nodeName(Placement placement) {
        return placement.node() == null ? "" : placement.node().value();
    }

    private static String networks(List<Placement> placements) {
        var ids = new TreeSet<String>();
        placements.forEach(
                each -> each.ports().forEach(port -> ids.add(port.network().id())));
        return String.join("+", ids);
    }

    /// The tiles but for Services.
    List<Tile> tiles() {
        var tiles = new ArrayList<Tile>();
        tiles.addAll(networks());
        tiles.addAll(nodes());
        tiles.addAll(pods());
        return tiles;
    }

    private List<Tile> networks() {
        var members = new TreeMap<Network, List<Placement>>();
        if (view.level() == Level.ESTATE) {
            inventory.networks().forEach(network -> members.put(network, new ArrayList<>()));
        }
        for (var placement : shown) {
            placement.ports().stream()
                    .map(Placement.Port::network)
                    .distinct()
                    .forEach(network -> members.computeIfAbsent(network, _ -> new ArrayList<>())
                            .add(placement));
        }
        if (grain == Grain.ALL) {
            return members.keySet().stream()
                    .collect(groupingBy(Network::kind, TreeMap::new, toList()))
                    .values()
                    .stream()
                    .map(its -> allNetworks(its, members))
                    .toList();
        }
        return members.entrySet().stream()
                .map(entry -> network(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Tile network(Network network, List<Placement> its) {
        var details = new ArrayList<String>();
        network.gateways().forEach(gateway -> details.add("gw " + gateway));
        network.pools().stream().limit(MOST_NAMED).forEach(details::add);
        return new Tile(
                network(network),
                Lane.NETWORK,
                false,
                network.id(),
                details,
                1,
                names(its),
                tally(its),
                List.of(network.kind()));
    }

    private Tile allNetworks(List<Network> networks, Map<Network, List<Placement>> members) {
        var its = networks.stream()
                .flatMap(network -> members.getOrDefault(network, List.of()).stream())
                .distinct()
                .toList();
        return new Tile(
                network(networks.getFirst()),
                Lane.NETWORK,
                true,
                "",
                List.of(),
                networks.size(),
                names(its),
                tally(its),
                List.of(networks.getFirst().kind()));
    }

    /// The id of the tile that a network is in.
    String network(Network network) {
        var kind = network.kind().name().toLowerCase(Locale.ROOT);
        return grain == Grain.ALL ? "networks:" + kind : kind + ":" + network.id();
    }

    private List<Tile> nodes() {
        var members = new TreeMap<String, List<Placement>>();
        var names = new TreeMap<String, SortedSet<String>>();
        if (view.level() == Level.ESTATE) {
            inventory.nodes().stream().map(NodeName::value).forEach(node -> add(names, node));
        }
        shown.forEach(placement -> {
            add(names, nodeName(placement));
            members.computeIfAbsent(nodeTile(nodeName(placement)), _ -> new ArrayList<>())
                    .add(placement);
        });
        return names.entrySet().stream()
                .map(entry -> node(entry.getKey(), entry.getValue(), members.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private void add(Map<String, SortedSet<String>> names, String node) {
        names.computeIfAbsent(nodeTile(node), _ -> new TreeSet<>()).add(node);
    }

    private Tile node(String id, SortedSet<String> nodes, List<Placement> its) {
        boolean nodeless = grain == Grain.LABEL && nodes.first().isEmpty();
        boolean rollup = grain.compareTo(Grain.NODE) > 0 && !nodeless;
        var name = switch (grain) {
            case POD, NODE -> nodes.first();
            case LABEL -> group(nodes.first());
            case NAMESPACE, NETWORK -> nodeNetworks.getOrDefault(nodes.first(), "");
            case ALL -> "";
        };
        var masters = its.stream()
                .flatMap(each -> each.ports().stream())
                .map(Placement.Port::master)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .distinct()
                .sorted()
                .limit(MOST_NAMED)
                .toList();
        return new Tile(id, Lane.NODE, rollup, name, masters, nodes.size(), names(its), tally(its), kinds(its));
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

    /// The id of the tile that the Pod's node is in.
    String nodeTile(Placement placement) {
        return nodeTile(nodeName(placement));
    }

    /// In the order of their nodes, so that Pods stand beside them.
    private List<Tile> pods() {
        return shown.stream()
                .sorted(Comparator.comparing(Rollup::nodeName).thenComparing(Placement::pod))
                .collect(groupingBy(this::podTile, LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(entry -> pods(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Tile pods(String id, List<Placement> its) {
        var first = its.getFirst();
        boolean rollup = grain != Grain.POD;
        var where = switch (grain) {
            case POD -> List.of(first.attachment());
            case NODE -> List.of(nodeName(first), first.networks());
            case NAMESPACE -> List.of(first.pod().namespace(), first.networks());
            case LABEL -> List.of(group(nodeName(first)), first.networks());
            case NETWORK -> List.of(first.networks());
            case ALL -> List.<String>of();
        };
        var name = !rollup ? first.pod().toString() : grain == Grain.ALL ? mode(first) : first.attachment();
        return new Tile(id, Lane.POD, rollup, name, where, its.size(), names(its), tally(its), kinds(its));
    }

    private static String mode(Placement placement) {
        return placement.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The id of the tile that the Pod is in.
    String podTile(Placement placement) {
        return podTiles.computeIfAbsent(placement, this::named);
    }

    private String named(Placement placement) {
        var alike = placement.networks() + "/" + mode(placement) + "/" + placement.attachment();
        return switch (grain) {
            case POD -> "pod:" + placement.pod();
            case NODE -> "pods:node/" + nodeName(placement) + "/" + alike;
            case NAMESPACE -> "pods:namespace/" + placement.pod().namespace() + "/" + alike;
            case LABEL -> "pods:label/" + group(nodeName(placement)) + "/" + alike;
            case NETWORK -> "pods:network/" + alike;
            case ALL -> "pods:" + mode(placement);
        };
    }

    /// The Pod tiles by what they are rolled up by; single Pods by their node.
    List<Group> groups() {
        Function<Placement, String> key = switch (grain) {
            case POD, NODE -> Rollup::nodeName;
            case NAMESPACE -> placement -> placement.pod().namespace();
            case LABEL -> placement -> group(nodeName(placement));
            case NETWORK -> Placement::networks;
            case ALL -> Rollup::mode;
        };
        var prefix = grain == Grain.POD ? "node" : grain.name().toLowerCase(Locale.ROOT);
        return shown.stream().collect(groupingBy(key, TreeMap::new, toList())).entrySet().stream()
                .map(entry -> new Group(
                        prefix + ":" + entry.getKey(),
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(this::podTile)
                                .distinct()
                                .sorted()
                                .toList(),
                        entry.getValue().size(),
                        tally(entry.getValue())))
                .toList();
    }

    private static List<ObjectName> names(List<Placement> placements) {
        return placements.stream().map(Placement::pod).toList();
    }

    private static Tally tally(List<Placement> placements) {
        return Tally.of(placements.stream().collect(groupingBy(Placement::worst, counting())));
    }

    private static List<Network.Kind> kinds(List<Placement> placements) {
        return List.of(Network.Kind.values()).stream()
                .filter(kind -> placements.stream().anyMatch(each -> each.in(kind)))
                .toList();
    }
}
