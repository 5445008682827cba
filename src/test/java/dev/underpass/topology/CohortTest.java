package dev.underpass.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.net.DeviceName;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Placement.Port;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Drawings are worked out for Pods that are alike together.
class CohortTest {

    private static final Network UNDERLAY = Inventories.network("10.6.0.0/16", Network.Kind.UNDERLAY);
    private static final Map<ObjectName, Tally> ALL = reaching(Fold.REACHABLE);
    private static final Map<ObjectName, Tally> NONE = reaching(Fold.UNREACHABLE);

    private static Map<ObjectName, Tally> reaching(Fold fold) {
        return Map.of(new ObjectName("lab", "web"), Tally.of(fold));
    }

    private static Placement pod(
            String name, String node, String kind, String master, String leg, Map<ObjectName, Tally> services) {
        return new Placement(
                ObjectName.parse(name),
                node.isEmpty() ? null : new NodeName(node),
                Mode.UNDERLAY,
                kind,
                List.of(new Port(new DeviceName("eth0"), UNDERLAY, new DeviceName(master))),
                new DeviceName(leg),
                services);
    }

    private static Placement usual(String name) {
        return pod(name, "node1", "macvlan", "ens1", "veth0", ALL);
    }

    @Test
    void podsThatOnlyTheirNamesTellApartAreOne() {
        var pods = IntStream.range(0, 900).mapToObj(i -> usual("lab/pod" + i)).toList();

        assertThat(Cohort.of(pods.reversed()))
                .singleElement()
                .satisfies(cohort -> assertThat(cohort.pods())
                        .containsExactlyElementsOf(
                                pods.stream().map(Placement::pod).sorted().toList()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another namespace, other/x, node1, macvlan, ens1, veth0, true",
        "another node,      lab/x,   node2, macvlan, ens1, veth0, true",
        "no node,           lab/x,   '',    macvlan, ens1, veth0, true",
        "another CNI,       lab/x,   node1, ipvlan,  ens1, veth0, true",
        "another master,    lab/x,   node1, macvlan, ens2, veth0, true",
        "another leg,       lab/x,   node1, macvlan, ens1, net1,  true",
        "other verdicts,    lab/x,   node1, macvlan, ens1, veth0, false"
    })
    void whatADrawingTellsApartIsApart(
            String what, String name, String node, String kind, String master, String leg, boolean reaches) {
        var other = pod(name, node, kind, master, leg, reaches ? ALL : NONE);

        var cohorts = Cohort.of(List.of(usual("lab/a"), other, usual("lab/z")));

        assertThat(cohorts)
                .as(what)
                .extracting(Cohort::pods)
                .containsExactlyInAnyOrder(
                        List.of(new ObjectName("lab", "a"), new ObjectName("lab", "z")), List.of(other.pod()));
    }

    @Test
    void eachPodIsInOneCohort() {
        var inventory = Inventories.of(11, 20, 3_000, 30);

        var pods = inventory.cohorts().stream()
                .flatMap(each -> each.pods().stream())
                .toList();

        assertThat(pods)
                .containsExactlyInAnyOrderElementsOf(
                        inventory.placements().stream().map(Placement::pod).toList());
    }

    @Test
    void aQueryLeavesPartsOfCohorts() {
        var inventory = new Inventory(
                List.of(),
                List.of(),
                Stream.of("lab/a", "lab/b", "lab/c").map(CohortTest::usual).toList(),
                List.of(),
                Map.of(),
                Map.of());
        var view = new View(View.Level.ESTATE, "", null, Set.of(new ObjectName("lab", "b")), "");

        assertThat(view.shown(inventory.cohorts()))
                .singleElement()
                .satisfies(each -> assertThat(each.pods()).containsExactly(new ObjectName("lab", "b")));
    }
}
