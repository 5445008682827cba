package dev.underpass.topology;

import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Edge.Kind;
import java.util.ArrayList;
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

    Edges(Rollup rollup, ServiceTiles services) {
        var pods = new LinkedHashMap<From, List<Cohort>>();
        for (var cohort : rollup.cohorts()) {
            wire(cohort, rollup);
            var leg = cohort.first().leg();
            var from = new From(rollup.podTile(cohort), leg == null ? "" : leg.value());
            pods.computeIfAbsent(from, _ -> new ArrayList<>()).add(cohort);
        }
        pods.forEach((from, its) -> Asked.of(its).forEach(asked -> ask(from, asked, services)));
    }

    /// A tile, and the device that leads its Pods' Service traffic to the node.
    private record From(String tile, String leg) {}

    private void ask(From from, Asked asked, ServiceTiles services) {
        asked.services().forEach((service, tally) -> {
            var sum = add(from.tile(), services.tile(service), Kind.SERVICE, asked.pods());
            sum.tally = sum.tally.plus(tally.times(asked.pods()));
            sum.via.add(from.leg());
        });
    }

    private void wire(Cohort cohort, Rollup rollup) {
        var node = rollup.nodeTile(cohort);
        var pod = rollup.podTile(cohort);
        var ports = cohort.first().ports();
        ports.stream()
                .map(Placement.Port::network)
                .distinct()
                .forEach(network -> add(rollup.network(network), node, kind(network.kind()), cohort.size()));
        ports.stream()
                .map(port -> port.network().kind())
                .distinct()
                .forEach(kind -> add(node, pod, kind(kind), cohort.size()));
        if (ports.isEmpty()) {
            add(node, pod, Kind.PLACED, cohort.size());
        }
    }

    private static Kind kind(Network.Kind kind) {
        return switch (kind) {
            case UNDERLAY -> Kind.UNDERLAY;
            case OVERLAY -> Kind.OVERLAY;
        };
    }

    private Sum add(String from, String to, Kind kind, int pods) {
        var sum = sums.computeIfAbsent(new Ends(from, to, kind), _ -> new Sum());
        sum.pods += pods;
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
