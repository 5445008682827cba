package dev.underpass.console.web;

import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Edge;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tile;
import dev.underpass.topology.Tile.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Where edges that do not surely reach a Service are cut by a mark: on the edge, between the lanes, and on no other
/// mark.
/// An edge for whose mark there is no place left is not in it.
record Marks(Map<Edge, Mark> all) {

    private static final Comparator<Edge> WORST_FIRST =
            Comparator.comparingLong((Edge edge) -> edge.tally().unreachable()).reversed();
    private static final double FONT_SIZE = 11;
    private static final double LABEL_HEIGHT = 14;
    private static final double SIGN = 13;
    private static final double STEP = 0.02;
    private static final double FARTHEST = 0.42;

    /// A mark around a place of its edge.
    ///
    /// @param t how far along the edge
    /// @param text how many connections fail; empty where a sign without a number stands
    record Mark(Edge edge, double t, double x, double y, double width, double height, String text) {

        double left() {
            return x - width / 2;
        }

        double right() {
            return x + width / 2;
        }

        double top() {
            return y - height / 2;
        }

        double bottom() {
            return y + height / 2;
        }

        boolean overlaps(Mark other) {
            return left() < other.right() && other.left() < right() && top() < other.bottom() && other.top() < bottom();
        }
    }

    Marks {
        all = Map.copyOf(all);
    }

    /// @param labels how many marks may have numbers; those of the edges that most connections fail on have them
    static Marks of(Scene scene, Layout layout, int labels) {
        return new Placing(scene, layout).all(labels);
    }

    static boolean marked(Edge edge) {
        return edge.kind() == Edge.Kind.BROKEN || (edge.kind() == Edge.Kind.SERVICE && edge.worst() != Fold.REACHABLE);
    }

    /// Those with numbers, the worst first.
    List<Mark> labels() {
        return all.values().stream()
                .filter(mark -> !mark.text().isEmpty())
                .sorted(Comparator.comparing(Mark::edge, WORST_FIRST)
                        .thenComparing(mark -> mark.edge().from())
                        .thenComparing(mark -> mark.edge().to()))
                .toList();
    }

    /// Gives one edge after another the free place that is nearest to its middle.
    private static final class Placing {
        private final Scene scene;
        private final Layout layout;
        private final Set<String> rollups;
        private final Map<Long, List<Mark>> rows = new HashMap<>();
        private final Map<Edge, Mark> placed = new HashMap<>();

        private Placing(Scene scene, Layout layout) {
            this.scene = scene;
            this.layout = layout;
            this.rollups =
                    scene.tiles().stream().filter(Tile::rollup).map(Tile::id).collect(Collectors.toSet());
        }

        private Marks all(int labels) {
            var selected = scene.view().selected();
            var edges = scene.edges().stream()
                    .filter(Marks::marked)
                    .sorted(Comparator.comparing((Edge edge) -> !edge.touches(selected))
                            .thenComparing(WORST_FIRST))
                    .toList();
            int left = labels;
            for (var edge : edges) {
                if (left > 0
                        && numbered(edge)
                        && place(edge, "✗ " + Lettering.number(edge.tally().unreachable()))) {
                    left--;
                } else {
                    place(edge, "");
                }
            }
            return new Marks(placed);
        }

        private boolean numbered(Edge edge) {
            return edge.kind() == Edge.Kind.BROKEN && (rollups.contains(edge.from()) || rollups.contains(edge.to()));
        }

        private boolean place(Edge edge, String text) {
            double width = text.isEmpty() ? SIGN : Lettering.width(text, FONT_SIZE);
            double height = text.isEmpty() ? SIGN : LABEL_HEIGHT;
            var curve = Curve.of(edge, layout);
            for (int i = 0; i * STEP <= 2 * FARTHEST; i++) {
                double t = 0.5 + (i % 2 == 0 ? 1 : -1) * Math.ceilDiv(i, 2) * STEP;
                var mark = new Mark(edge, t, curve.x(t), curve.y(t), width, height, text);
                if (free(mark)) {
                    rows(mark).forEach(row -> row.add(mark));
                    placed.put(edge, mark);
                    return true;
                }
            }
            return false;
        }

        private boolean free(Mark mark) {
            return mark.left() > Layout.right(Lane.POD)
                    && mark.right() < Layout.left(Lane.SERVICE)
                    && rows(mark).stream().allMatch(row -> row.stream().noneMatch(mark::overlaps));
        }

        /// Only marks of the same rows can overlap.
        private List<List<Mark>> rows(Mark mark) {
            var its = new ArrayList<List<Mark>>();
            for (long row = row(mark.top()); row <= row(mark.bottom()); row++) {
                its.add(rows.computeIfAbsent(row, _ -> new ArrayList<>()));
            }
            return its;
        }

        private static long row(double y) {
            return Math.floorDiv(Math.round(y), 16L);
        }
    }
}
