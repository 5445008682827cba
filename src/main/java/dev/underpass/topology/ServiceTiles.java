package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.ObjectName;
import dev.underpass.topology.Tile.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The lane of the Services: each by itself, or by namespace, or all in one, as there is room.
final class ServiceTiles {

    private final Function<ObjectName, String> id;
    private final List<Tile> tiles;

    ServiceTiles(List<ObjectName> services, List<Cohort> shown, int room) {
        var tallies = new HashMap<ObjectName, Tally>();
        Asked.of(shown)
                .forEach(asked -> asked.services()
                        .forEach((service, tally) -> tallies.merge(service, tally.times(asked.pods()), Tally::plus)));
        long namespaces =
                services.stream().map(ObjectName::namespace).distinct().count();
        this.id = services.size() <= room
                ? service -> "service:" + service
                : namespaces <= room ? service -> "services:" + service.namespace() : _ -> "services:all";
        this.tiles = services.stream().collect(groupingBy(id, TreeMap::new, toList())).entrySet().stream()
                .map(entry -> tile(entry.getKey(), entry.getValue(), tallies))
                .toList();
    }

    private static Tile tile(String id, List<ObjectName> services, Map<ObjectName, Tally> tallies) {
        boolean single = id.startsWith("service:");
        var first = services.getFirst();
        var name = single ? first.toString() : id.equals("services:all") ? "" : first.namespace();
        var tally = services.stream()
                .map(service -> tallies.getOrDefault(service, Tally.NONE))
                .reduce(Tally.NONE, Tally::plus);
        return new Tile(id, Lane.SERVICE, !single, name, List.of(), services.size(), List.of(), tally, List.of());
    }

    List<Tile> tiles() {
        return tiles;
    }

    /// The id of the tile that the Service is in.
    String tile(ObjectName service) {
        return id.apply(service);
    }
}
