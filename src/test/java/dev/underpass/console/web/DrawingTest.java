package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.topology.Edge;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Network;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tally;
import dev.underpass.topology.Tile;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View;
import dev.underpass.topology.View.Grain;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Drawings stay within what a browser moves at once.
class DrawingTest {

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "40,40,40,40", "2,200,378,20", "40,40,480,40", "40,40,40,480", "1,599,0,0", "2,40,500,58"})
    void hasNeverMoreElementsThanMayBe(int networks, int nodes, int pods, int services) {
        var drawing = drawing(networks, nodes, pods, services);

        assertThat(elements(drawing)).isLessThanOrEqualTo(Drawing.MOST_ELEMENTS);
    }

    @Test
    void drawsAllOfASmallScene() {
        var drawing = drawing(2, 10, 10, 8);

        assertThat(drawing.detailed()).isTrue();
        assertThat(drawing.marks().labels()).hasSize(80);
    }

    @Test
    void leavesOutTheCutsThatFewestConnectionsFailOn() {
        var drawing = drawing(2, 40, 500, 58);
        var cuts = Wires.cuts(drawing.scene(), drawing.layout(), drawing.marks());

        assertThat(cuts)
                .hasSizeBetween(1, 200)
                .extracting(Wires.Cut::broken)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(cuts.getFirst().broken()).isEqualTo(500 * 58);
    }

    /// As topology.html draws them.
    private static long elements(Drawing drawing) {
        long detailed = drawing.scene().tiles().stream()
                .filter(tile -> drawing.detailed() && isNamed(drawing, tile))
                .mapToInt(tile -> (tile.dualHomed() ? 4 : 2) + (tile.rollup() ? 4 : 0))
                .sum();
        int heads = 1 + 4 + 1;
        return heads
                + Wires.of(drawing.scene(), drawing.layout(), drawing.marks()).size()
                + drawing.marks().labels().size()
                + drawing.scene().tiles().size() * 4L
                + detailed;
    }

    private static boolean isNamed(Drawing drawing, Tile tile) {
        return !Objects.requireNonNull(drawing.layout().boxes().get(tile.id())).small();
    }

    /// One in which all Pods are rollups, dual-homed, and reach no Service.
    private static Drawing drawing(int networks, int nodes, int pods, int services) {
        var tiles = Stream.of(
                        tiles(Lane.NETWORK, networks),
                        tiles(Lane.NODE, nodes),
                        tiles(Lane.POD, pods),
                        tiles(Lane.SERVICE, services))
                .flatMap(List::stream)
                .toList();
        var edges = IntStream.range(0, pods * services)
                .mapToObj(i -> new Edge(
                        "POD" + i % pods, "SERVICE" + i / pods, Edge.Kind.BROKEN, 2, null, new Tally(0, 0, i + 1)))
                .toList();
        var scene = new Scene(View.ESTATE, Grain.NODE, false, pods, pods, 0, 0, tiles, edges, List.of(), 0);
        return new Drawing(scene, Layout.of(scene));
    }

    private static List<Tile> tiles(Lane lane, int count) {
        var ports = lane == Lane.POD ? List.of(Network.Kind.UNDERLAY, Network.Kind.OVERLAY) : List.<Network.Kind>of();
        return IntStream.range(0, count)
                .mapToObj(i -> new Tile(
                        lane.name() + i,
                        lane,
                        lane == Lane.POD,
                        "n" + i,
                        List.of("d"),
                        2,
                        List.of(),
                        Tally.NONE,
                        ports))
                .toList();
    }
}
