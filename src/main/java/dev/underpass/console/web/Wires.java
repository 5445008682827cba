package dev.underpass.console.web;

import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Edge;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Scene;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The edges of a drawing as SVG paths, one for all edges that look alike. Kinds differ by dash and end mark.
final class Wires {

    /// Edges that look alike.
    ///
    /// @param look the class of the path
    /// @param d the path's data
    record Wire(String look, String d) {}

    /// Where an edge that stands for many connections is cut, and how many of them fail.
    record Cut(double x, double y, long broken, String look) {}

    private static final double HALF_GAP = 0.05;

    private final Layout layout;
    private final Scene scene;
    private final Marks marks;

    private Wires(Scene scene, Layout layout, Marks marks) {
        this.scene = scene;
        this.layout = layout;
        this.marks = marks;
    }

    static List<Wire> of(Scene scene, Layout layout, Marks marks) {
        return new Wires(scene, layout, marks).all();
    }

    /// The marks with numbers, those first that most connections fail on.
    static List<Cut> cuts(Scene scene, Layout layout, Marks marks) {
        var wires = new Wires(scene, layout, marks);
        return marks.labels().stream()
                .map(mark -> new Cut(
                        mark.x(),
                        mark.y(),
                        mark.edge().tally().unreachable(),
                        wires.nearness(mark.edge()).strip()))
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
        var curve = Curve.of(edge, layout);
        if (Marks.marked(edge)) {
            return cut(edge, curve);
        }
        return switch (edge.kind()) {
            case UNDERLAY -> curve.whole() + curve.bar();
            case OVERLAY -> curve.whole() + curve.arrow();
            case PLACED, BROKEN -> curve.whole();
            case SERVICE -> curve.shifted(-2).whole() + curve.shifted(2).whole() + curve.arrow();
        };
    }

    /// With a gap, in which the mark stands; without one, where marks had no room left.
    private String cut(Edge edge, Curve curve) {
        var mark = marks.all().get(edge);
        double at = mark == null ? 0.5 : mark.t();
        var line = curve.upTo(at - HALF_GAP) + curve.from(at + HALF_GAP);
        if (mark == null || !mark.text().isEmpty()) {
            return line;
        }
        return line + (edge.kind() == Edge.Kind.BROKEN ? curve.cross(at) : curve.ring(at));
    }
}
