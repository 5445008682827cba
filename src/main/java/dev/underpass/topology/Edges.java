package dev.underpass.topology;

import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Edge.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Gathers the edges between the tiles that Pods are in.
final class Edges {

    private record Ends(String from, String to, Kind kind) {}

    private static final class Sum {
        private int pods;
        private Tally tally = Tally.NONE;
        private final TreeSet<String> via = new TreeSet<>();
    }

    private final Map<Ends, Sum> sums = new LinkedHashMap<>();

    Edges(List<Placement> shown, Rollup rollup, ServiceTiles services) {
        for (var placement : shown) {
            wire(placement, rollup);
            var pod = rollup.podTile(placement);
            placement.services().forEach((service, tally) -> {
                var sum = add(pod, services.tile(service), Kind.SERVICE);
                sum.tally = sum.tally.plus(tally);
                sum.via.add(placement.leg() == null ? "" : placement.leg().value());
            });
        }
    }

    private void wire(Placement placement, Rollup rollup) {
        var node = rollup.nodeTile(placement);
        var pod = rollup.podTile(placement);
        placement.ports().stream()
                .map(Placement.Port::network)
                .distinct()
                .forEach(network -> add(rollup.network(network), node, kind(network.kind())));
        placement.ports().stream()
                .map(port -> port.network().kind())
                .distinct()
                .forEach(kind -> add(node, pod, kind(kind)));
        if (placement.ports().isEmpty()) {
            add(node, pod, Kind.PLACED);
        }
    }

    private static Kind kind(Network.Kind kind) {
        return switch (kind) {
            case UNDERLAY -> Kind.UNDERLAY;
            case OVERLAY -> Kind.OVERLAY;
        };
    }

    private Sum add(String from, String to, Kind kind) {
        var sum = sums.computeIfAbsent(new Ends(from, to, kind), _ -> new Sum());
        sum.pods++;
        return sum;
    }

    /// All of them: how things are attached first, then the Service edges, the worst first.
    List<Edge> all() {
        return sums.entrySet().stream()
                .map(entry -> edge(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Edge::toService)
                        .thenComparing(Edge::worst, Comparator.reverseOrder())
                        .thenComparing(Edge::from)
                        .thenComparing(Edge::to)
                        .thenComparing(Edge::kind))
                .toList();
    }

    private static Edge edge(Ends ends, Sum sum) {
        var kind = ends.kind() == Kind.SERVICE && sum.tally.worst() == Fold.UNREACHABLE ? Kind.BROKEN : ends.kind();
        var via = sum.via.size() == 1 && !sum.via.first().isEmpty() ? sum.via.first() : null;
        return new Edge(ends.from(), ends.to(), kind, sum.pods, via, sum.tally);
    }
}
