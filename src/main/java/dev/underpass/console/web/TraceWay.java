package dev.underpass.console.web;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.diagnosis.Analysis;
import dev.underpass.reachability.Disposition;
import dev.underpass.reachability.End.Cause;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Hop.Step;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Place;
import dev.underpass.reachability.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One way to one backend, shown whole, for all that go the same way.
///
/// @param number counts the ways that are shown
/// @param alike the other backends to which the same kinds of decisions lead, at the same kinds of places, to the same
/// end
record TraceWay(
        int number,
        Path path,
        String backend,
        @Nullable String code,
        List<Box> forward,
        List<Box> reply,
        List<Ends> rewriting,
        List<String> alike) {

    /// The hops at one place, in a row.
    ///
    /// @param first the number of its first hop
    record Box(Place place, int first, List<Hop> hops) {}

    /// A packet's addresses from some hop on.
    ///
    /// @param sourceIsNew whether that hop changed its source
    /// @param destinationIsNew whether it changed its destination
    record Ends(String source, String destination, boolean sourceIsNew, boolean destinationIsNew) {

        /// The addresses after a hop that may have changed these.
        private Ends after(Hop hop) {
            var next = of(hop);
            return new Ends(
                    next.source(),
                    next.destination(),
                    !next.source().equals(source),
                    !next.destination().equals(destination));
        }

        private static Ends of(Hop hop) {
            var packet = hop.packet();
            return new Ends(
                    packet.source().toString(), packet.destination().withPort(packet.destinationPort()), false, false);
        }

        boolean isNew() {
            return sourceIsNew || destinationIsNew;
        }
    }

    /// What paths have in common that go the same way.
    private record Shape(Disposition disposition, Cause cause, List<Decision> forward, List<Decision> reply) {

        private record Decision(Place.Kind place, Step step) {}

        static Shape of(Path path) {
            return new Shape(
                    path.disposition(), path.end().cause(), decisions(path.forward()), decisions(path.reply()));
        }

        private static List<Decision> decisions(List<Hop> hops) {
            return hops.stream()
                    .map(hop -> new Decision(hop.where().kind(), hop.step()))
                    .toList();
        }
    }

    /// The ways of a trace, the worst first, but before it the way to the backend that was asked for.
    ///
    /// @param backend `address:port`, or empty
    static List<TraceWay> of(Analysis analysis, Trace trace, String backend) {
        var asked = trace.paths().stream()
                .filter(path -> backend(path).startsWith(backend + " "))
                .limit(backend.isEmpty() ? 0 : 1);
        var sorted = Stream.concat(
                        asked,
                        trace.paths().stream().sorted((a, b) -> b.disposition().compareTo(a.disposition())))
                .distinct();
        var groups = sorted.collect(groupingBy(Shape::of, LinkedHashMap::new, java.util.stream.Collectors.toList()));
        var ways = new ArrayList<TraceWay>();
        groups.values().forEach(paths -> ways.add(way(analysis, trace, ways.size() + 1, paths)));
        return List.copyOf(ways);
    }

    private static TraceWay way(Analysis analysis, Trace trace, int number, List<Path> paths) {
        var path = paths.getFirst();
        return new TraceWay(
                number,
                path,
                backend(path).strip(),
                analysis.attribution(trace, path)
                        .map(each -> each.code().name())
                        .orElse(null),
                boxes(path.forward(), 1),
                boxes(path.reply(), path.forward().size() + 1),
                rewriting(path),
                paths.stream().skip(1).map(each -> backend(each).strip()).toList());
    }

    private static String backend(Path path) {
        var backend = path.backend();
        return backend == null ? "" : backend.socket() + " " + (backend.pod() == null ? "" : backend.pod());
    }

    private boolean delivered() {
        return path.disposition() == Disposition.DELIVERED;
    }

    public boolean stopsForward() {
        return !delivered() && path.end().phase().forward();
    }

    public boolean stopsReply() {
        return !delivered() && !path.end().phase().forward();
    }

    public boolean unsure() {
        return path.disposition().fold() == Disposition.Fold.UNDETERMINED;
    }

    /// A link's fragment for a hop: it keeps its meaning as long as the answer does.
    public String anchor(int hop) {
        return "hop-" + number + "-" + hop;
    }

    /// The packet's mark, as rules name it.
    public static String mark(Hop hop) {
        return "0x" + Integer.toHexString(hop.packet().mark());
    }

    /// The command that prints a decision's line.
    public static String source(Hop hop) {
        return switch (hop.step()) {
            case RULE -> "ip rule";
            case ROUTE -> "ip route";
            case NEIGHBOUR -> "ip neigh";
            case LINK, SOCKET, SOCKET_LB, DELIVER -> "ip link";
            case CONNTRACK, DNAT, FORWARD, MASQUERADE ->
                hop.evidence().startsWith("-") ? "iptables-save" : "nft list ruleset";
        };
    }

    /// The packet's addresses each time that a node changed them.
    private static List<Ends> rewriting(Path path) {
        var seen = new ArrayList<Ends>();
        for (var hop : path.forward()) {
            var ends = seen.isEmpty() ? Ends.of(hop) : seen.getLast().after(hop);
            if (seen.isEmpty() || ends.isNew()) {
                seen.add(ends);
            }
        }
        return seen;
    }

    /// Where the line of a hop stands among the others; null for what is neither a rule nor a route.
    public static @Nullable String leading(Hop hop) {
        return LineAnchor.leading(hop);
    }

    private static List<Box> boxes(List<Hop> hops, int first) {
        var boxes = new ArrayList<Box>();
        int start = 0;
        for (int i = 1; i <= hops.size(); i++) {
            if (i == hops.size() || !hops.get(i).where().equals(hops.get(start).where())) {
                boxes.add(new Box(hops.get(start).where(), first + start, hops.subList(start, i)));
                start = i;
            }
        }
        return boxes;
    }
}
