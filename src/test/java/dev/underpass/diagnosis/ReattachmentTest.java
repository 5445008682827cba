package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.EndpointSlice;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.objects.EditedObjects;
import dev.underpass.diagnosis.RecreatedPod.Effect;
import dev.underpass.net.DeviceName;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What becomes of workloads that get a NIC of another network, in recorded clusters.
class ReattachmentTest {

    private static final ObjectName MACVLAN = new ObjectName("kube-system", "macvlan-conf");

    private static Reattachment.Plan underlay(String pool) {
        return new Reattachment.Plan(MACVLAN, new DeviceName("eth0"), "eth0", true, List.of(pool), "");
    }

    private static ObjectName pod(String name) {
        return new ObjectName("lab", name);
    }

    private static Reattachment.Result of(Analysis before, ClusterSnapshot edited, Reattachment.Plan plan, String pod) {
        return Reattachment.of(before, edited, List.of(pod(pod)), plan);
    }

    /// The Service ports that the Pod does not reach, but those of some Services.
    private static Set<String> unreachable(Analysis analysis, String pod, Set<ObjectName> but) {
        return analysis.pairs(pod(pod)).stream()
                .filter(pair -> !but.contains(pair.to().service()))
                .filter(pair -> pair.outcome().disposition().fold() != Fold.REACHABLE)
                .map(pair -> pair.to().toString())
                .collect(Collectors.toSet());
    }

    /// The Services that one of the Pods is an endpoint of.
    private static Set<ObjectName> behind(Analysis analysis, String... pods) {
        var names = Stream.of(pods).map(ReattachmentTest::pod).toList();
        return analysis.snapshot().endpointSlices().stream()
                .filter(slice -> slice.endpoints().stream().anyMatch(endpoint -> names.contains(endpoint.pod())))
                .map(EndpointSlice::service)
                .collect(Collectors.toSet());
    }

    @Test
    void aPodWithoutItsLegGetsTheWayToServicesBack() {
        var before = Analysis.of(Recordings.read("veth0-deleted"));
        var told = of(before, before.snapshot(), underlay("v4-10-6"), "u1");
        var result = told.whatIf();

        var healthy = Analysis.of(Recordings.read("healthy"));
        assertThat(unreachable(before, "u1", Set.of())).hasSizeGreaterThan(5);
        assertThat(told.untold()).isEqualTo(behind(before, "u1"));
        assertThat(unreachable(result.after(), "u1", told.untold()))
                .isEqualTo(unreachable(healthy, "u1", told.untold()));
        assertThat(result.recreated().gained())
                .isNotEmpty()
                .allMatch(change -> change.from().equals(pod("u1")));
        assertThat(result.recreated().lost()).isEmpty();
        assertThat(result.restarts()).containsExactly("Pod lab/u1");
        assertThat(result.recreated().resolved()).extracting(Finding::code).contains("U24");
    }

    @Test
    void aNewNetworkAndANewPoolGiveAnOverlayPodTheUnderlay() throws Exception {
        var before = Analysis.of(Recordings.read("healthy"));
        var edited = edited(before.snapshot(), """
                {"resources": [
                  {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderIPPool", "metadata": {"name": "fresh"},
                   "spec": {"subnet": "10.6.0.0/16", "gateway": "10.6.0.1", "ips": ["10.6.213.1-10.6.213.9"]}},
                  {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderMultusConfig",
                   "metadata": {"namespace": "kube-system", "name": "fresh"},
                   "spec": {"cniType": "macvlan", "macvlan": {"master": ["eth0"]}, "enableCoordinator": true}}]}
                """);
        var plan = new Reattachment.Plan(
                new ObjectName("kube-system", "fresh"), new DeviceName("eth0"), "eth0", true, List.of("fresh"), "");

        var result = of(before, edited, plan, "o1").whatIf();

        var pod = result.after().pod(pod("o1")).orElseThrow();
        assertThat(pod.network().attachment()).contains("macvlan");
        assertThat(pod.network().primary().orElseThrow().addresses()).hasToString("[10.6.213.1]");
        var others = behind(before, "o1", "u20");
        assertThat(unreachable(result.after(), "o1", others))
                .as("like a Pod that was recorded so on that node")
                .isEqualTo(unreachable(before, "u20", others));
        assertThat(pod.drift()).isEmpty();
    }

    private static ClusterSnapshot edited(ClusterSnapshot now, String body) throws ReportFormatException {
        return EditedObjects.of(Fields.parse(body)).applied(now);
    }

    @Test
    void aSecondNicLeavesTheOverlaysWayToServices() {
        var before = Analysis.of(Recordings.read("healthy"));
        var plan = new Reattachment.Plan(
                MACVLAN, new DeviceName("net1"), "eth0", false, List.of("v4-10-6"), MACVLAN.toString());

        var result = of(before, before.snapshot(), plan, "o1").whatIf();

        var pod = result.after().pod(pod("o1")).orElseThrow();
        assertThat(pod.network().nics()).extracting(nic -> nic.device().value()).containsExactly("eth0", "net1");
        assertThat(unreachable(result.after(), "o1", Set.of())).isEqualTo(unreachable(before, "o1", Set.of()));
        assertThat(result.recreated().lost()).isEmpty();
        assertThat(pod.drift()).isEmpty();
    }

    @Test
    void ofServicesWhoseEndpointsMoveNothingIsTold() {
        var before = Analysis.of(Recordings.read("healthy"));

        var result = of(before, before.snapshot(), underlay("v4-10-6"), "b1");

        assertThat(result.untold()).isNotEmpty();
        assertThat(result.whatIf().notes().getFirst().toString()).startsWith("Not told: connections to lab/");
        assertThat(result.whatIf().recreated().gained())
                .noneMatch(change -> result.untold().contains(change.to().service()));
        assertThat(result.whatIf().recreated().appeared()).isEmpty();
    }

    @Test
    void whatCannotBeToldIsNotGuessed() {
        var before = Analysis.of(Recordings.read("healthy"));
        var elsewhere = new Reattachment.Plan(MACVLAN, new DeviceName("eth0"), "bond0", true, List.of("v4-10-6"), "");
        var beside = new Reattachment.Plan(
                MACVLAN, new DeviceName("net1"), "eth0", false, List.of("v4-10-6"), MACVLAN.toString());
        var nowhere = new Reattachment.Plan(
                new ObjectName("lab", "none"), new DeviceName("eth0"), "eth0", true, List.of("v4-10-6"), "");

        assertThat(effect(before, elsewhere, "u1"))
                .hasToString("Unknown[reason=its node node1 reports no device bond0 for the NIC to hang on]");
        assertThat(effect(before, beside, "u1"))
                .hasToString("Unknown[reason="
                        + "it has no overlay NIC today: which address of the overlay it would get is not known]");
        assertThat(effect(before, nowhere, "u1"))
                .hasToString("CannotStart[reason=there is no NetworkAttachmentDefinition lab/none]");
    }

    private static Effect effect(Analysis before, Reattachment.Plan plan, String pod) {
        return of(before, before.snapshot(), plan, pod)
                .whatIf()
                .pods()
                .getFirst()
                .effect();
    }
}
