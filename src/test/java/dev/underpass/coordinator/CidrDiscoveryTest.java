package dev.underpass.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.report.Fields;
import dev.underpass.report.ReportFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CidrDiscoveryTest {

    private static final String KUBEADM = """
            {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "kubeadm-config", "namespace": "kube-system"},
             "data": {"ClusterConfiguration": "networking:\\n  podSubnet: 10.244.0.0/16,fd00:1::/48\\n  serviceSubnet: \\"10.96.0.0/12\\"\\n"}}
            """;
    private static final String MANAGER = """
            {"kind": "Pod", "apiVersion": "v1",
             "metadata": {"name": "kcm", "namespace": "kube-system", "labels": {"component": "kube-controller-manager"}},
             "spec": {"containers": [{"command": ["kube-controller-manager", "--cluster-cidr=10.42.0.0/16",
                "--service-cluster-ip-range=10.43.0.0/16", "secret-word"]}]}}
            """;
    private static final String CALICO = """
            {"kind": "IPPool", "apiVersion": "crd.projectcalico.org/v1", "metadata": {"name": "on"},
             "spec": {"cidr": "10.233.64.0/18"}}
            """;
    private static final String CALICO_OFF = """
            {"kind": "IPPool", "apiVersion": "crd.projectcalico.org/v1", "metadata": {"name": "off"},
             "spec": {"cidr": "10.234.0.0/16", "disabled": true}}
            """;
    private static final String SERVICE_CIDR = """
            {"kind": "ServiceCIDR", "apiVersion": "networking.k8s.io/v1", "metadata": {"name": "more"},
             "spec": {"cidrs": ["10.97.0.0/16"]}}
            """;
    private static final String CILIUM_POOL = """
            {"kind": "CiliumPodIPPool", "apiVersion": "cilium.io/v2alpha1", "metadata": {"name": "p"},
             "spec": {"ipv4": {"cidrs": ["10.50.0.0/16"]}, "ipv6": {"cidrs": ["fd00:50::/48"]}}}
            """;

    private static String cilium(String data) {
        return """
            {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "cilium-config", "namespace": "kube-system"},
             "data": %s}
            """.formatted(data);
    }

    private static ClusterSnapshot cluster(String... objects) throws ReportFormatException {
        var all = new ClusterObjects();
        for (var text : objects) {
            all.read(Fields.parse(text));
        }
        return all.snapshot("c", null, "", Fabric.ASSUMED);
    }

    private static List<String> overlay(String type, String... objects) throws ReportFormatException {
        return CidrDiscovery.of(cluster(objects), type).overlayPods().stream()
                .map(Object::toString)
                .toList();
    }

    private static List<String> services(String... objects) throws ReportFormatException {
        return CidrDiscovery.of(cluster(objects), "cluster").services().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void kubeadmsConfigurationWinsOverTheControllerManagersFlags() throws ReportFormatException {
        assertThat(overlay("cluster", KUBEADM, MANAGER))
                .containsExactly("kubeadm-config podSubnet: 10.244.0.0/16", "kubeadm-config podSubnet: fd00:1::/48");
        assertThat(overlay("cluster", MANAGER)).containsExactly("kube-controller-manager --cluster-cidr: 10.42.0.0/16");
        assertThat(services(MANAGER))
                .containsExactly("kube-controller-manager --service-cluster-ip-range: 10.43.0.0/16");
    }

    @Test
    void serviceCidrObjectsComeOnTop() throws ReportFormatException {
        assertThat(services(KUBEADM, SERVICE_CIDR))
                .containsExactly("kubeadm-config serviceSubnet: 10.96.0.0/12", "ServiceCIDR more: 10.97.0.0/16");
    }

    @Test
    void calicosDisabledPoolsDoNotCount() throws ReportFormatException {
        assertThat(overlay("calico", CALICO, CALICO_OFF)).containsExactly("Calico IPPool on: 10.233.64.0/18");
    }

    @Test
    void ciliumsRangesDependOnItsIpamMode() throws ReportFormatException {
        assertThat(overlay(
                        "cilium", cilium("{\"ipam\": \"cluster-pool\", \"cluster-pool-ipv4-cidr\": \"10.0.0.0/8\"}")))
                .containsExactly("cilium-config cluster-pool-ipv4-cidr: 10.0.0.0/8");
        assertThat(overlay("cilium", cilium("{\"ipam\": \"multi-pool\"}"), CILIUM_POOL))
                .containsExactly("CiliumPodIPPool p: 10.50.0.0/16", "CiliumPodIPPool p: fd00:50::/48");
        assertThat(overlay("cilium", cilium("{\"ipam\": \"kubernetes\"}"), KUBEADM))
                .contains("kubeadm-config podSubnet: 10.244.0.0/16");
    }

    @Test
    void autoGoesByWhatIsInstalled() throws ReportFormatException {
        assertThat(CidrDiscovery.of(cluster(CALICO), "auto").podCidrType()).isEqualTo("calico");
        assertThat(CidrDiscovery.of(cluster(cilium("{}")), "auto").podCidrType())
                .isEqualTo("cilium");
        assertThat(CidrDiscovery.of(cluster(KUBEADM), "auto").podCidrType()).isEqualTo("none");
    }

    @Test
    void noneFindsNoPodRangesButServiceRanges() throws ReportFormatException {
        var found = CidrDiscovery.of(cluster(KUBEADM), "none");

        assertThat(found.overlayPods()).isEmpty();
        assertThat(found.services()).hasSize(1);
    }

    @Test
    void keepsOnlyFlagsOfAComponentsCommandLine() throws ReportFormatException {
        assertThat(cluster(MANAGER).pods().getFirst().flags())
                .containsExactly("--cluster-cidr=10.42.0.0/16", "--service-cluster-ip-range=10.43.0.0/16");
    }
}
