package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.net.IpAddress.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The annotations of a workload's template.
class WizardAnnotationsTest {

    private static final ObjectName NETWORK = new ObjectName("kube-system", "macvlan-conf");
    private static final Analysis HEALTHY = Analysis.of(Recordings.read("healthy"));
    private static final List<WizardPool> POOLS = List.of(new WizardPool(Family.IPV4, "v4", null));

    private static WizardWorkload workload(String networks) {
        var pod = HEALTHY.pod(new ObjectName("lab", "b1")).orElseThrow();
        return workload(pod, networks.isEmpty() ? Map.of() : Map.of(Pod.NETWORKS, networks));
    }

    private static WizardWorkload workload(PodAnalysis pod, Map<String, String> annotations) {
        var old = pod.pod();
        var with = new Pod(
                old.name(),
                old.uid(),
                old.node(),
                old.labels(),
                annotations,
                false,
                null,
                old.phase(),
                old.ready(),
                old.createdAt(),
                old.startedAt(),
                old.addresses(),
                old.networks(),
                old.ports(),
                old.flags(),
                "Deployment web");
        var summary = new PodSummary(
                new PodAnalysis(with, pod.network(), pod.settings(), pod.plan(), pod.drift()), Map.of(), List.of());
        return new WizardWorkload("lab", "Deployment", "web", List.of(summary), 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                       | kube-system/macvlan-conf              | net1
            kube-system/macvlan-conf                 | kube-system/macvlan-conf              | net1
            other                                    | other,kube-system/macvlan-conf        | net2
            other, kube-system/macvlan-conf@eth9     | other, kube-system/macvlan-conf@eth9  | eth9
            [{"name":"other"}]                       | [{"name":"other"},{"name":"macvlan-conf","namespace":"kube-system"}] | net2
            [{"name":"macvlan-conf","namespace":"kube-system","interface":"x1"}] | [{"name":"macvlan-conf","namespace":"kube-system","interface":"x1"}] | x1
            """)
    void aFurtherNetworkIsAddedToThoseThatAreThere(String asked, String networks, String device) {
        var annotations = WizardAnnotations.of(HEALTHY.snapshot(), workload(asked), NETWORK, false, POOLS);

        assertThat(annotations.networks()).isEqualTo(networks);
        assertThat(annotations.device().value()).isEqualTo(device);
        assertThat(annotations.values())
                .containsEntry(Pod.NETWORKS, networks)
                .containsEntry(WizardAnnotations.POOLS, "[{\"interface\":\"%s\",\"ipv4\":[\"v4\"]}]".formatted(device));
    }

    @Test
    void theOnlyNicTakesFurtherNetworksAway() {
        var annotations = WizardAnnotations.of(HEALTHY.snapshot(), workload("other"), NETWORK, true, POOLS);

        var expected = new HashMap<String, String>();
        expected.put(Pod.DEFAULT_NETWORK, "kube-system/macvlan-conf");
        expected.put(WizardAnnotations.POOLS, "[{\"interface\":\"eth0\",\"ipv4\":[\"v4\"]}]");
        expected.put(Pod.NETWORKS, null);
        assertThat(annotations.values()).isEqualTo(expected);
        assertThat(annotations.command(workload("other")))
                .isEqualTo("kubectl -n lab patch deployment web --type=strategic -p"
                        + " '{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v1.multus-cni.io/default-network\":"
                        + "\"kube-system/macvlan-conf\",\"ipam.spidernet.io/ippools\":"
                        + "\"[{\\\"interface\\\":\\\"eth0\\\",\\\"ipv4\\\":[\\\"v4\\\"]}]\","
                        + "\"k8s.v1.cni.cncf.io/networks\":null}}}}}'");
    }

    @Test
    void aQuoteInAnAnnotationDoesNotEndTheCommand() {
        var workload = workload("it's");

        var command = WizardAnnotations.of(HEALTHY.snapshot(), workload, NETWORK, false, POOLS)
                .command(workload);

        assertThat(command).contains("it'\\''s,kube-system/macvlan-conf");
    }

    @Test
    void theNicsThatStayKeepTheirPools() {
        var pod = HEALTHY.pod(new ObjectName("lab", "o1")).orElseThrow();
        var other = new ObjectName("kube-system", "macvlan-conf7");
        var workload = workload(pod, Map.of(Pod.NETWORKS, NETWORK.toString()));

        var annotations = WizardAnnotations.of(HEALTHY.snapshot(), workload, other, false, POOLS);

        assertThat(annotations.values())
                .containsEntry(
                        WizardAnnotations.POOLS,
                        "[{\"interface\":\"net1\",\"ipv4\":[\"v4-10-6\"]},{\"interface\":\"net2\",\"ipv4\":[\"v4\"]}]");
    }
}
