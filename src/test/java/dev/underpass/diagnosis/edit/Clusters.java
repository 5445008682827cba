package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.objects.ClusterObjects;
import dev.underpass.diagnosis.edit.Edit.Operation;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Scope;
import dev.underpass.report.Fields;
import dev.underpass.report.FilterReport;
import dev.underpass.report.HostReport;
import dev.underpass.report.HostReport.KubeProxy;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The clusters that edits are tried on, and edits as YAML.
final class Clusters {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /// Two nodes, macvlan over their eth0 beside Calico, and three Pods.
    static final String USUAL = """
            {kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.201}]}}
            ---
            {kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.0.2.202}]}}
            ---
            {kind: Namespace, metadata: {name: default}}
            ---
            {kind: Namespace, metadata: {name: kube-system}}
            ---
            {kind: Namespace, metadata: {name: web}}
            ---
            {kind: ConfigMap, metadata: {name: kube-proxy, namespace: kube-system}, data: {}}
            ---
            {kind: IPPool, apiVersion: crd.projectcalico.org/v1, metadata: {name: calico}, spec: {cidr: 10.233.64.0/18}}
            ---
            kind: SpiderCoordinator
            metadata: {name: default}
            spec: {mode: auto, podCIDRType: auto, hijackCIDR: [169.254.0.0/16], hostRuleTable: 500}
            status: {phase: Synced, serviceCIDR: [10.233.0.0/18], overlayPodCIDR: [10.233.64.0/18]}
            ---
            kind: SpiderIPPool
            metadata: {name: v4-pool}
            spec: {subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.20], gateway: 192.0.2.1}
            status: {totalIPCount: 11, allocatedIPCount: 2}
            ---
            kind: SpiderIPPool
            metadata: {name: v6-pool}
            spec: {subnet: '2001:db8:6::/64', ips: ['2001:db8:6::10-2001:db8:6::20'], gateway: '2001:db8:6::1'}
            ---
            kind: SpiderIPPool
            metadata: {name: off-pool}
            spec: {subnet: 198.51.100.0/24, ips: [198.51.100.10-198.51.100.19], disable: true}
            ---
            kind: SpiderIPPool
            metadata: {name: full-pool}
            spec: {subnet: 198.51.100.0/24, ips: [198.51.100.20]}
            status: {totalIPCount: 1, allocatedIPCount: 1}
            ---
            {kind: SpiderReservedIP, metadata: {name: printers}, spec: {ips: [192.0.2.60-192.0.2.69]}}
            ---
            kind: SpiderEndpoint
            metadata: {name: web-1, namespace: web}
            status: {current: {node: n1, ips: [{interface: eth0, ipv4: 192.0.2.10/24, ipv4Pool: v4-pool}]}}
            ---
            kind: SpiderEndpoint
            metadata: {name: mixed-1, namespace: web}
            status: {current: {node: n2, ips: [{interface: net1, ipv4: 192.0.2.11/24, ipv4Pool: v4-pool}]}}
            ---
            kind: SpiderMultusConfig
            metadata: {name: macvlan-conf, namespace: kube-system}
            spec: {cniType: macvlan, macvlan: {master: [eth0]}}
            ---
            kind: NetworkAttachmentDefinition
            apiVersion: k8s.cni.cncf.io/v1
            metadata: {name: macvlan-conf, namespace: kube-system}
            spec:
              config: |
                {"plugins": [{"type": "macvlan", "master": "eth0", "ipam": {"default_ipv4_ippool": ["v4-pool"]}},
                             {"type": "coordinator", "podRPFilter": 0}]}
            ---
            kind: Pod
            metadata:
              name: web-1
              namespace: web
              annotations: {v1.multus-cni.io/default-network: kube-system/macvlan-conf}
            spec: {nodeName: n1}
            status: {phase: Running}
            ---
            kind: Pod
            metadata:
              name: mixed-1
              namespace: web
              annotations: {k8s.v1.cni.cncf.io/networks: kube-system/macvlan-conf@net1}
            spec: {nodeName: n2}
            status: {phase: Running}
            ---
            {kind: Pod, metadata: {name: plain-1, namespace: web}, spec: {nodeName: n2}, status: {phase: Running}}
            """;

    private Clusters() {}

    /// The usual cluster with a report of each node. Only n1 has an eth1, and there it is in a bond.
    static ClusterSnapshot usual() {
        return with(
                of(USUAL),
                node("n1", List.of(link("eth0", 1500, null), link("eth1", 9000, "bond0")), "eth0 192.0.2.201/24"),
                node("n2", List.of(link("eth0", 1450, null)), "eth0 192.0.2.202/24", "docker0 172.17.0.1/16"));
    }

    /// A cluster of objects, without reports.
    static ClusterSnapshot of(String yaml) {
        var objects = new ClusterObjects();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            for (var document : documents.readAll()) {
                objects.read(Fields.of(document, ""));
            }
        } catch (ReportFormatException e) {
            throw new IllegalArgumentException(e);
        }
        return objects.snapshot("test", null, "", Fabric.ASSUMED);
    }

    static ClusterSnapshot with(ClusterSnapshot snapshot, NodeReport... reports) {
        var byNode =
                Stream.of(reports).collect(Collectors.toMap(report -> new NodeName(report.node()), report -> report));
        return snapshot.withReports(byNode);
    }

    /// A node's report.
    ///
    /// @param addresses each as `DEVICE ADDRESS/LENGTH`
    static NodeReport node(String name, List<Link> links, String... addresses) {
        var network = new NetworkState(
                links, Stream.of(addresses).map(Clusters::address).toList(), null, null, null, null, null, null, null);
        var namespace = new NamespaceReport(network, Map.of(), FilterReport.NOT_OBSERVED, null, null, null);
        var proxy = new KubeProxy("iptables", null, null, null);
        var host = new HostReport(namespace, null, proxy, null, null, List.of());
        return new NodeReport(name, 1, "boot", "1.0", Instant.EPOCH, host, List.of(), List.of());
    }

    private static InterfaceAddress address(String text) {
        var device = text.split(" ", 2)[0];
        var prefix = text.split(" ", 2)[1].split("/", 2);
        var address = IpAddress.parse(prefix[0]);
        return new InterfaceAddress(
                new DeviceName(device),
                address,
                IpPrefix.around(address, Integer.parseInt(prefix[1])),
                Scope.GLOBAL,
                Set.of());
    }

    /// A physical device that is up.
    static Link link(String name, int mtuBytes, @Nullable String master) {
        return link(name, mtuBytes, master, Set.of("UP", "LOWER_UP"));
    }

    static Link link(String name, int mtuBytes, @Nullable String master, Set<String> flags) {
        return new Link(
                2,
                new DeviceName(name),
                "",
                flags,
                "UP",
                null,
                mtuBytes,
                null,
                null,
                null,
                "",
                null,
                master == null ? null : new DeviceName(master),
                "default");
    }

    /// An edit of an object with that kind, name and spec.
    static Edit edit(Operation operation, String kind, String name, String spec) {
        var namespace = kind.equals("SpiderMultusConfig") ? "kube-system" : "";
        return edit(
                operation,
                "{kind: %s, metadata: {name: %s%s}, spec: %s}"
                        .formatted(kind, name, namespace.isEmpty() ? "" : ", namespace: " + namespace, spec));
    }

    /// An edit of an object as it is written.
    static Edit edit(Operation operation, String yaml) {
        try {
            return new Edit(operation, Fields.of(YAML.readTree(yaml), ""));
        } catch (ReportFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
