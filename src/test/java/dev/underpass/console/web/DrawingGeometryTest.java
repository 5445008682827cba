package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.web.Marks.Mark;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.topology.Edge;
import dev.underpass.topology.Inventories;
import dev.underpass.topology.Inventory;
import dev.underpass.topology.Layout;
import dev.underpass.topology.Layout.Box;
import dev.underpass.topology.Scene;
import dev.underpass.topology.Tally;
import dev.underpass.topology.Tile;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View;
import dev.underpass.topology.View.Grain;
import dev.underpass.topology.View.Level;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing in a drawing lies over another thing, and all text stays in its tile.
class DrawingGeometryTest {

    private static final int READABLE = 60;
    private static final List<Arguments> DRAWINGS = all().toList();

    static Stream<Arguments> drawings() {
        return DRAWINGS.stream();
    }

    private static Stream<Arguments> all() {
        var recorded = Stream.concat(
                Stream.of(Arguments.of("demo", Inventory.of(Analysis.of(demo())))),
                Recordings.names().stream()
                        .map(name -> Arguments.of(name, Inventory.of(Analysis.of(Recordings.read(name))))));
        var generated = Stream.of(
                        List.of(200, 10_000, 100),
                        List.of(4, 90, 20),
                        List.of(700, 40, 30),
                        List.of(60, 2_000, 900),
                        List.of(3, 130, 599))
                .map(each ->
                        Arguments.of("generated " + each, Inventories.of(3, each.get(0), each.get(1), each.get(2))));
        return Stream.concat(recorded, generated)
                .flatMap(each -> Stream.of(Grain.POD, Grain.NODE, Grain.NETWORK)
                        .map(grain -> Arguments.of(
                                each.get()[0] + " by " + grain,
                                drawing((Inventory) Objects.requireNonNull(each.get()[1]), grain))));
    }

    private static ClusterSnapshot demo() {
        try {
            var file = DrawingGeometryTest.class.getResource("/demo/demo.tar.gz");
            return BundleReader.read(Path.of(Objects.requireNonNull(file).toURI()));
        } catch (BundleException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Drawing drawing(Inventory inventory, Grain grain) {
        var scene = Scene.of(inventory, new View(Level.ESTATE, "", grain, null, ""));
        return new Drawing(scene, Layout.of(scene));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drawings")
    void marksLieOnNoOtherMarkAndOnNoTile(String name, Drawing drawing) {
        var marks = List.copyOf(drawing.marks().all().values());

        for (int i = 0; i < marks.size(); i++) {
            var one = marks.get(i);
            assertThat(marks.subList(i + 1, marks.size())).as(name).noneMatch(one::overlaps);
            assertThat(drawing.layout().boxes().values())
                    .as("%s: %s", name, one)
                    .noneMatch(box -> covers(box, one));
            assertThat(one.bottom()).isLessThanOrEqualTo(drawing.layout().height());
        }
    }

    private static boolean covers(Box box, Mark mark) {
        return mark.left() < box.right()
                && box.x() < mark.right()
                && mark.top() < box.bottom()
                && box.y() < mark.bottom();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drawings")
    void aDrawingThatCanBeReadMarksAllItsBrokenEdges(String name, Drawing drawing) {
        var broken = drawing.scene().edges().stream()
                .filter(edge -> edge.kind() == Edge.Kind.BROKEN)
                .toList();

        if (broken.size() <= READABLE) {
            assertThat(broken).as(name).allMatch(drawing.marks().all()::containsKey);
        }
        assertThat(drawing.marks().all().isEmpty())
                .as(name)
                .isEqualTo(drawing.scene().edges().stream().noneMatch(Marks::marked));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drawings")
    void allTextStaysInItsTile(String name, Drawing drawing) {
        for (var tile : drawing.scene().tiles()) {
            var box = Objects.requireNonNull(drawing.layout().boxes().get(tile.id()));
            var text = TileText.of(tile, box, tile.name(), String.join(" · ", tile.details()));

            int left = box.small() ? TileText.SMALL_LEFT : TileText.LEFT;
            assertThat(left + Lettering.width(text.title(), TileText.TITLE_SIZE))
                    .as("%s: %s", name, text.title())
                    .isLessThanOrEqualTo(box.width());
            for (var line : List.of(text.detail(), text.counts())) {
                assertThat(left + Lettering.width(line, TileText.DETAIL_SIZE))
                        .as("%s: %s", name, line)
                        .isLessThanOrEqualTo(box.width());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.244.0.0/16+10.6.0.0/16 | ✗ 200 × 10.244.….0.0/16 | ✗ 200 × 10.244.0.0/16+10.6.0.0/16, eth0, ✗ 200 · ? 0 · ✓ 0
            overlay                   | ✗ 200 × overlay       |
            """)
    void aNameIsCutInItsMiddleAndStandsInWholeElsewhere(String name, String title, @Nullable String whole) {
        var text = TileText.of(rollup(name, new Tally(0, 0, 200)), new Box(0, 0, 210, 68, false), name, "eth0");

        assertThat(text.title()).isEqualTo(title);
        assertThat(text.whole()).isEqualTo(whole);
    }

    @Test
    void aRollupSaysHowManyFailAndNotThatAllDo() {
        var tile = rollup("macvlan", new Tally(4_975, 0, 25));

        var text = TileText.of(tile, new Box(0, 0, 210, 68, false), "macvlan", "lab");

        assertThat(text.title()).isEqualTo("5,000 × macvlan");
        assertThat(text.counts()).isEqualTo("✗ 25 · ? 0 · ✓ 4,975");
        assertThat(text.shares())
                .extracting(TileText.Share::look, TileText.Share::d)
                .containsExactly(tuple("bad", "M12.0 62h2.0"), tuple("ok", "M14.0 62h190.0"));
    }

    private static Tile rollup(String name, Tally tally) {
        return new Tile(
                "t", Lane.POD, true, name, List.of("eth0"), (int) tally.total(), new ArrayList<>(), tally, List.of());
    }
}
