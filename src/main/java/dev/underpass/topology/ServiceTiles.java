package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.ObjectName;
import dev.underpass.topology.Tile.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The lane of the Services: each by itself while their names have room, else by namespace and type, by type, or all in
/// one. A selected Service always stands by itself, if there is room.
final class ServiceTiles {

    private static final String SINGLE = "service:";
    private static final String ALL = "services:all";

    /// More groups than this say less than coarser ones.
    private static final int MOST_GROUPS = 12;

    private static final int MOST_NAMED = 3;

    private final Inventory inventory;
    private final Map<ObjectName, String> ids = new HashMap<>();
    private final List<Tile> tiles;

    ServiceTiles(Inventory inventory, List<Cohort> shown, String selected, int room) {
        this.inventory = inventory;
        var tallies = new HashMap<ObjectName, Tally>();
        Asked.of(shown)
                .forEach(asked -> asked.services()
                        .forEach((service, tally) -> tallies.merge(service, tally.times(asked.pods()), Tally::plus)));
        var key = key(selected, room);
        inventory.services().forEach(service -> ids.put(service, key.apply(service)));
        this.tiles = inventory.services().stream()
                .collect(groupingBy(this::tile, () -> new TreeMap<>(NaturalOrder.TEXT), toList()))
                .entrySet()
                .stream()
                .map(entry -> tile(entry.getKey(), entry.getValue(), tallies))
                .toList();
    }

    /// The ids of the tiles, as fine as they can be made out.
    private Function<ObjectName, String> key(String selected, int room) {
        if (inventory.services().size() <= Math.min(room, Layout.MOST_NAMED)) {
            return service -> SINGLE + service;
        }
        Function<ObjectName, String> byNamespace = each -> "services:" + each.namespace() + "/" + type(each);
        Function<ObjectName, String> byType = each -> "services:" + type(each);
        var grouped = Stream.of(byNamespace, byType)
                .filter(each -> count(each) <= Math.min(room - 1, MOST_GROUPS))
                .findFirst()
                .orElse(_ -> ALL);
        return service -> selected.equals(SINGLE + service) && room > 1 ? selected : grouped.apply(service);
    }

    private long count(Function<ObjectName, String> key) {
        return inventory.services().stream().map(key).distinct().count();
    }

    private String type(ObjectName service) {
        return inventory.types().getOrDefault(service, "");
    }

    private Tile tile(String id, List<ObjectName> services, Map<ObjectName, Tally> tallies) {
        boolean single = id.startsWith(SINGLE);
        var first = services.getFirst();
        var name = single ? first.toString() : id.equals(ALL) ? "" : type(first);
        var namespaces = services.stream().map(ObjectName::namespace).distinct().sorted();
        var tally = services.stream()
                .map(service -> tallies.getOrDefault(service, Tally.NONE))
                .reduce(Tally.NONE, Tally::plus);
        return new Tile(
                id,
                Lane.SERVICE,
                !single,
                name,
                single ? List.of() : namespaces.limit(MOST_NAMED).toList(),
                services.size(),
                List.of(),
                tally,
                List.of(),
                services);
    }

    List<Tile> tiles() {
        return tiles;
    }

    /// The id of the tile that the Service is in.
    String tile(ObjectName service) {
        var id = ids.get(service);
        if (id == null) {
            throw new IllegalArgumentException("no such Service: " + service);
        }
        return id;
    }
}
