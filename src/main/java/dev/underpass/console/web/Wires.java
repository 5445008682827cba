package dev.underpass.console.web;

import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Edge;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Layout.Box;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The edges of a drawing as SVG paths, one for all edges that look alike. Kinds differ by dash and end mark.
final class Wires {

    /// Edges that look alike.
    ///
    /// @param look the class of the path
    /// @param d the path's data
    record Wire(String look, String d) {}

    /// Where an edge that stands for many connections is cut, and how many of them fail.
    record Cut(double x, double y, long broken, String look) {}

    private static final Comparator<Edge> WORST_FIRST =
            Comparator.comparingLong((Edge edge) -> edge.tally().unreachable()).reversed();
    private static final double GAP_START = 0.42;
    private static final double GAP_END = 0.58;

    private final Layout layout;
    private final Scene scene;

    private Wires(Scene scene, Layout layout) {
        this.scene = scene;
        this.layout = layout;
    }

    static List<Wire> of(Scene scene, Layout layout) {
        return new Wires(scene, layout).all();
    }

    /// One for each broken edge from or to a rollup; those first that most connections fail on.
    static List<Cut> cuts(Scene scene, Layout layout) {
        return new Wires(scene, layout).cuts();
    }

    private List<Cut> cuts() {
        var rollups = scene.tiles().stream().filter(Tile::rollup).map(Tile::id).collect(Collectors.toSet());
        return scene.edges().stream()
                .filter(edge -> edge.kind() == Edge.Kind.BROKEN)
                .filter(edge -> rollups.contains(edge.from()) || rollups.contains(edge.to()))
                .sorted(WORST_FIRST)
                .map(edge -> {
                    var curve = curve(edge);
                    return new Cut(
                            curve.x(0.5),
                            curve.y(0.5),
                            edge.tally().unreachable(),
                            nearness(edge).strip());
                })
                .toList();
    }

    private String nearness(Edge edge) {
        boolean near = edge.touches(scene.view().selected());
        return near ? " near" : scene.selected().isPresent() ? " far" : "";
    }

    private List<Wire> all() {
        var paths = new TreeMap<String, StringBuilder>();
        for (var edge : scene.edges()) {
            var look = look(edge) + nearness(edge);
            paths.computeIfAbsent(look, _ -> new StringBuilder()).append(path(edge));
        }
        return paths.entrySet().stream()
                .map(entry -> new Wire(entry.getKey(), entry.getValue().toString()))
                .toList();
    }

    private static String look(Edge edge) {
        return unsure(edge) ? "unsure" : edge.kind().name().toLowerCase(Locale.ROOT);
    }

    private static boolean unsure(Edge edge) {
        return edge.kind() == Edge.Kind.SERVICE && edge.worst() != Fold.REACHABLE;
    }

    private String path(Edge edge) {
        var curve = curve(edge);
        if (edge.kind() == Edge.Kind.BROKEN) {
            return curve.upTo(GAP_START) + curve.from(GAP_END) + curve.cross();
        }
        if (unsure(edge)) {
            return curve.upTo(GAP_START) + curve.from(GAP_END) + curve.ring();
        }
        return switch (edge.kind()) {
            case UNDERLAY -> curve.whole() + curve.bar();
            case OVERLAY -> curve.whole() + curve.arrow();
            case PLACED, BROKEN -> curve.whole();
            case SERVICE -> curve.shifted(-2).whole() + curve.shifted(2).whole() + curve.arrow();
        };
    }

    private Curve curve(Edge edge) {
        var from = layout.boxes().get(edge.from());
        var to = layout.boxes().get(edge.to());
        if (from == null || to == null) {
            throw new IllegalArgumentException("an edge from or to no tile: " + edge);
        }
        return new Curve(from.right(), port(edge, from), to.x(), port(edge, to));
    }

    /// The underlay's port is above the overlay's.
    private static double port(Edge edge, Box box) {
        double part = switch (edge.kind()) {
            case UNDERLAY -> 0.3;
            case OVERLAY -> 0.7;
            case PLACED, SERVICE, BROKEN -> 0.5;
        };
        return box.y() + box.height() * part;
    }

    /// A curve that leaves and arrives level.
    private record Curve(double x1, double y1, double x2, double y2) {

        private double middle() {
            return (x1 + x2) / 2;
        }

        String whole() {
            return "M%s %sC%s %s %s %s %s %s"
                    .formatted(n(x1), n(y1), n(middle()), n(y1), n(middle()), n(y2), n(x2), n(y2));
        }

        private double x(double t) {
            double u = 1 - t;
            return u * u * u * x1 + 3 * u * t * middle() + t * t * t * x2;
        }

        private double y(double t) {
            double u = 1 - t;
            return u * u * (u + 3 * t) * y1 + t * t * (t + 3 * u) * y2;
        }

        /// The part before `t`, by de Casteljau.
        String upTo(double t) {
            double u = 1 - t;
            double cx = u * (u * x1 + t * middle()) + t * middle();
            double cy = u * y1 + t * (u * y1 + t * y2);
            return "M%s %sC%s %s %s %s %s %s"
                    .formatted(n(x1), n(y1), n(u * x1 + t * middle()), n(y1), n(cx), n(cy), n(x(t)), n(y(t)));
        }

        /// The part after `t`.
        String from(double t) {
            return new Curve(x2, y2, x1, y1).upTo(1 - t);
        }

        Curve shifted(int pixels) {
            return new Curve(x1, y1 + pixels, x2, y2 + pixels);
        }

        String bar() {
            return "M%s %sv8".formatted(n(x2 - 3), n(y2 - 4));
        }

        String arrow() {
            return "M%s %sl6 5l-6 5".formatted(n(x2 - 7), n(y2 - 5));
        }

        String cross() {
            return "M%s %sl10 10M%s %sl-10 10".formatted(n(x(0.5) - 5), n(y(0.5) - 5), n(x(0.5) + 5), n(y(0.5) - 5));
        }

        String ring() {
            return "M%s %sa5 5 0 1 0 10 0a5 5 0 1 0 -10 0".formatted(n(x(0.5) - 5), n(y(0.5)));
        }

        private static String n(double pixels) {
            return String.valueOf(Math.round(pixels * 10) / 10.0);
        }
    }
}
