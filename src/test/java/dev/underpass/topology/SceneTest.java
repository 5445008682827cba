package dev.underpass.topology;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Tile.Lane;
import dev.underpass.topology.View.Grain;
import dev.underpass.topology.View.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every drawing of every cluster holds each Pod exactly once, and fits.
class SceneTest {

    private static final List<Arguments> CLUSTERS = all();

    static Stream<Arguments> clusters() {
        return CLUSTERS.stream();
    }

    private static List<Arguments> all() {
        var recorded = Recordings.names().stream()
                .map(name -> Arguments.of(name, Inventory.of(Analysis.of(Recordings.read(name)))));
        var generated = Stream.of(
                        List.of(1, 0, 0, 0),
                        List.of(2, 0, 9, 3),
                        List.of(3, 4, 90, 20),
                        List.of(4, 700, 40, 30),
                        List.of(5, 60, 2_000, 900),
                        List.of(6, 500, 5_000, 5),
                        List.of(7, 3, 130, 599))
                .map(each -> Arguments.of(
                        "generated " + each, Inventories.of(each.get(0), each.get(1), each.get(2), each.get(3))));
        return Stream.concat(recorded, generated).toList();
    }

    private static View view(
            Level level, String id, @Nullable Grain grain, @Nullable Set<ObjectName> kept, String selected) {
        return new View(level, id, grain, kept, selected, grain == Grain.LABEL ? "zone" : null);
    }

    private static List<View> views(Inventory inventory) {
        var views = new ArrayList<View>();
        for (var grain : grains()) {
            views.add(view(Level.ESTATE, "", grain, null, ""));
            inventory.networks().stream()
                    .limit(2)
                    .forEach(each -> views.add(view(Level.NETWORK, each.id(), grain, null, "")));
            inventory.nodes().stream()
                    .limit(2)
                    .forEach(each -> views.add(view(Level.NODE, each.value(), grain, null, "node:" + each)));
            inventory.placements().stream()
                    .limit(2)
                    .forEach(each -> views.add(
                            view(Level.POD, each.pod().toString(), grain, Set.of(each.pod()), "pod:" + each.pod())));
        }
        var half = inventory.placements().stream()
                .map(Placement::pod)
                .filter(pod -> pod.hashCode() % 2 == 0)
                .collect(toSet());
        views.add(new View(Level.ESTATE, "", null, half, ""));
        return views;
    }

    private static List<@Nullable Grain> grains() {
        var grains = new ArrayList<@Nullable Grain>(List.of(Grain.values()));
        grains.add(null);
        return grains;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clusters")
    void rollupsAlwaysAddUp(String name, Inventory inventory) {
        var worst = new java.util.HashMap<ObjectName, Fold>();
        inventory.placements().forEach(each -> worst.put(each.pod(), each.worst()));

        for (var view : views(inventory)) {
            var scene = Scene.of(inventory, view);

            assertThat(scene.shown() + scene.filtered() + scene.outside())
                    .isEqualTo(inventory.placements().size());
            for (var lane : List.of(Lane.NODE, Lane.POD)) {
                var pods = scene.lane(lane).stream()
                        .flatMap(tile -> tile.pods().stream())
                        .toList();
                assertThat(pods).as("%s %s", name, lane).hasSize(scene.shown()).doesNotHaveDuplicates();
            }
            for (var tile : scene.tiles()) {
                if (tile.lane() != Lane.SERVICE) {
                    var expected = tile.pods().stream()
                            .map(pod -> Tally.of(java.util.Objects.requireNonNull(worst.get(pod))))
                            .reduce(Tally.NONE, Tally::plus);
                    assertThat(tile.tally()).as(tile.id()).isEqualTo(expected);
                }
            }
            assertThat(scene.groups().stream().mapToInt(Group::pods).sum()).isEqualTo(scene.shown());
            assertThat(scene.lane(Lane.SERVICE).stream().mapToInt(Tile::members).sum())
                    .isEqualTo(inventory.services().size());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clusters")
    void aRollupsEdgesAreBrokenWhereAnyOfItsMembersIs(String name, Inventory inventory) {
        var placements = new java.util.HashMap<ObjectName, Placement>();
        inventory.placements().forEach(each -> placements.put(each.pod(), each));

        for (var view : views(inventory)) {
            var scene = Scene.of(inventory, view);
            for (var tile : scene.lane(Lane.POD)) {
                var edges = scene.edges().stream()
                        .filter(edge -> edge.from().equals(tile.id()) && edge.toService())
                        .toList();
                var members = tile.pods().stream()
                        .flatMap(pod ->
                                java.util.Objects.requireNonNull(placements.get(pod)).services().values().stream())
                        .reduce(Tally.NONE, Tally::plus);
                if (scene.edgesLeftOut() == 0) {
                    assertThat(edges.stream().map(Edge::tally).reduce(Tally.NONE, Tally::plus))
                            .as("%s %s", name, tile.id())
                            .isEqualTo(members);
                }
                assertThat(edges)
                        .allMatch(edge -> (edge.kind() == Edge.Kind.BROKEN)
                                == edge.tally().unreachable() > 0);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clusters")
    void everyDrawingFits(String name, Inventory inventory) {
        for (var view : views(inventory)) {
            var scene = Scene.of(inventory, view);
            var ids = scene.tiles().stream().map(Tile::id).toList();
            var known = new HashSet<>(ids);

            assertThat(ids).as(name).hasSizeLessThanOrEqualTo(Scene.MOST_TILES).doesNotHaveDuplicates();
            assertThat(ids.size() + scene.edges().size() + scene.groups().size())
                    .isLessThanOrEqualTo(Scene.MOST_ELEMENTS);
            assertThat(scene.edges()).allMatch(edge -> known.contains(edge.from()) && known.contains(edge.to()));
            assertThat(scene.groups()).allMatch(group -> known.containsAll(group.tiles()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clusters")
    void theSameClusterIsDrawnTheSameInWhateverOrderItIsRead(String name, Inventory inventory) {
        var random = new Random(1);
        var placements = new ArrayList<>(inventory.placements());
        var networks = new ArrayList<>(inventory.networks());
        var services = new ArrayList<>(inventory.services());
        Collections.shuffle(placements, random);
        Collections.shuffle(networks, random);
        Collections.shuffle(services, random);

        var shuffled = new Inventory(
                networks, inventory.nodes().reversed(), placements, services, inventory.labels(), inventory.types());

        assertThat(Scene.of(shuffled, View.ESTATE)).as(name).isEqualTo(Scene.of(inventory, View.ESTATE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clusters")
    void noTileStandsOnAnother(String name, Inventory inventory) {
        var layout = Layout.of(Scene.of(inventory, View.ESTATE));
        var boxes = List.copyOf(layout.boxes().values());

        for (int i = 0; i < boxes.size(); i++) {
            var one = boxes.get(i);
            assertThat(one.x()).as(name).isNotNegative();
            assertThat(one.y()).isGreaterThanOrEqualTo(Layout.HEAD);
            assertThat(one.right()).isLessThanOrEqualTo(layout.width());
            assertThat(one.bottom()).isLessThanOrEqualTo(layout.height());
            assertThat(boxes.subList(i + 1, boxes.size()))
                    .noneMatch(other -> one.x() < other.right()
                            && other.x() < one.right()
                            && one.y() < other.bottom()
                            && other.y() < one.bottom());
        }
    }

    @ParameterizedTest(name = "{0} nodes, {1} Pods, {2} Services, by {3}: {4}")
    @CsvSource({
        "4,   90,    20,  ,          POD,     false",
        "4,   101,   20,  ,          NODE,    false",
        "4,   590,   1,   POD,       NODE,    true",
        "4,   400,   20,  POD,       POD,     false",
        "500, 10000, 5,   ,          NAMESPACE, true",
        "4,   400,   20,  NAMESPACE, NAMESPACE, false",
        "4,   400,   20,  LABEL,     LABEL,   false",
        "400, 9000,  20,  LABEL,     LABEL,   false",
        "4,   400,   20,  ALL,       ALL,     false"
    })
    void takesTheFinestGrainThatFits(
            int nodes, int pods, int services, @Nullable Grain wished, Grain drawn, boolean coarser) {
        var scene = Scene.of(Inventories.of(8, nodes, pods, services), view(Level.ESTATE, "", wished, null, ""));

        assertThat(scene.grain()).isEqualTo(drawn);
        assertThat(scene.coarser()).isEqualTo(coarser);
    }

    @Test
    void nodesAreGroupedByALabelAsASelectorSaysIt() {
        var inventory = Inventories.of(8, 31, 900, 20);

        var scene = Scene.of(inventory, view(Level.ESTATE, "", Grain.LABEL, null, ""));

        assertThat(scene.lane(Lane.NODE))
                .extracting(Tile::id, Tile::name, Tile::rollup, Tile::members)
                .containsExactlyInAnyOrder(
                        tuple("nodes:label/", "", false, 1),
                        tuple("nodes:label/!zone", "!zone", true, 11),
                        tuple("nodes:label/a", "a", true, 10),
                        tuple("nodes:label/zone=", "zone=", true, 10));
        assertThat(scene.lane(Lane.POD)).allMatch(tile -> tile.id().startsWith("pods:label/"));
        assertThat(inventory.groupingLabels()).containsExactly("zone");
    }

    @Test
    void aLabelIsNamedWhereItIsGroupedByAndNowhereElse() {
        assertThatThrownBy(() -> new View(Level.ESTATE, "", Grain.LABEL, null, ""))
                .hasMessageContaining("grain LABEL with the label 'null'");
        assertThatThrownBy(() -> new View(Level.ESTATE, "", Grain.NODE, null, "", "zone"))
                .hasMessageContaining("grain NODE with the label 'zone'");
    }

    @Test
    void aPodWithoutVerdictsIsUnknownAndNeverReachable() {
        var inventory = Inventories.of(9, 3, 60, 0);

        var scene = Scene.of(inventory, View.ESTATE);

        assertThat(scene.lane(Lane.POD)).allMatch(tile -> tile.worst() == Fold.UNDETERMINED);
        assertThat(Tally.NONE.worst()).isEqualTo(Fold.UNDETERMINED);
    }

    @Test
    void theSelectedTilesEdgesAreAllDrawn() {
        var inventory = Inventories.of(10, 4, 90, 40);
        var selected = "service:" + inventory.services().getFirst();

        var scene = Scene.of(inventory, new View(Level.ESTATE, "", null, null, selected));

        var asking = inventory.placements().stream()
                .filter(each -> each.services().containsKey(inventory.services().getFirst()))
                .map(each -> "pod:" + each.pod())
                .collect(toSet());
        assertThat(scene.near()).hasSize(asking.size() + 1).containsAll(asking).contains(selected);
        assertThat(scene.edgesLeftOut()).isPositive();
        assertThat(scene.edges())
                .filteredOn(edge -> edge.kind() == Edge.Kind.SERVICE)
                .allMatch(edge -> edge.touches(selected));
    }

    @Test
    void servicesThatHaveNoRoomForTheirNamesAreGroupedByType() {
        var cluster = Inventories.of(10, 4, 400, 100);
        var types = cluster.services().stream()
                .collect(toMap(each -> each, each -> each.toString().endsWith("0") ? "NodePort" : "ClusterIP"));
        var inventory = new Inventory(
                cluster.networks(), cluster.nodes(), cluster.placements(), cluster.services(), Map.of(), types);

        var services = Scene.of(inventory, View.ESTATE).lane(Lane.SERVICE);

        assertThat(services)
                .extracting(Tile::id, Tile::name, Tile::rollup, Tile::members)
                .containsExactly(
                        tuple("services:ClusterIP", "ClusterIP", true, 90),
                        tuple("services:NodePort", "NodePort", true, 10));
        assertThat(services.stream().map(Tile::tally).reduce(Tally.NONE, Tally::plus))
                .isEqualTo(cluster.placements().stream()
                        .flatMap(each -> each.services().values().stream())
                        .reduce(Tally.NONE, Tally::plus));
        assertThat(services).allMatch(tile -> tile.services().size() == tile.members());
    }

    @Test
    void aSelectedServiceStandsByItself() {
        var inventory = Inventories.of(10, 4, 400, 100);
        var selected = "service:" + inventory.services().getLast();

        var scene = Scene.of(inventory, new View(Level.ESTATE, "", null, null, selected));

        assertThat(scene.selected()).isPresent();
        assertThat(scene.lane(Lane.SERVICE).stream().mapToInt(Tile::members).sum())
                .isEqualTo(100);
        assertThat(scene.lane(Lane.SERVICE)).filteredOn(tile -> !tile.rollup()).hasSize(1);
    }

    @Test
    void aRecordedClusterIsWiredAsItIs() {
        var scene = Scene.of(Inventory.of(Analysis.of(Recordings.read("hijack-route-deleted"))), View.ESTATE);

        assertThat(scene.lane(Lane.NETWORK))
                .extracting(Tile::name)
                .containsExactly("10.6.0.0/16", "10.7.0.0/16", "10.233.64.0/18");
        assertThat(scene.lane(Lane.NODE)).allMatch(tile -> tile.details().equals(List.of("eth0")));
        assertThat(scene.edges())
                .filteredOn(edge -> edge.touches("pod:lab/u1") && edge.to().equals("service:lab/web"))
                .singleElement()
                .satisfies(edge -> {
                    assertThat(edge.kind()).isEqualTo(Edge.Kind.BROKEN);
                    assertThat(edge.via()).isEqualTo("veth0");
                });
        assertThat(scene.lane(Lane.POD))
                .filteredOn(Tile::dualHomed)
                .extracting(Tile::name)
                .contains("lab/o20");
    }
}
