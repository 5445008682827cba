package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.Edit.Operation.CREATE;
import static dev.underpass.diagnosis.edit.Edit.Operation.DELETE;
import static dev.underpass.diagnosis.edit.Edit.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditRulesMultusTest {

    private static final String KIND = "SpiderMultusConfig";

    private static List<FieldProblem> create(ClusterSnapshot now, String spec) {
        return EditRules.problems(now, Clusters.edit(CREATE, KIND, "other", spec));
    }

    private static List<FieldProblem> update(ClusterSnapshot now, String spec) {
        return EditRules.problems(now, Clusters.edit(UPDATE, KIND, "macvlan-conf", spec));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{cniType: macvlan, macvlan: {master: [eth0], ippools: {ipv4: [v4-pool], ipv6: [v6-pool]}, mtu: 1450}}",
                "{cniType: macvlan, macvlan: {master: [eth0], vlanID: 100, mtu: 0}, enableCoordinator: true}",
                "{cniType: ipvlan, ipvlan: {master: [eth0], vlanID: 7}, coordinator: {mode: auto, podCIDRType: auto}}",
                "{cniType: vlan, vlan: {master: [eth0], vlanID: 7, ippools: {ipv4: ['v4-*']}}}",
                "{cniType: vlan, vlan: {master: [eth0], vlanMode: auto}}",
                "{cniType: sriov, sriov: {resourceName: spidernet.io/vf, vlanID: 0, minTxRateMbps: 10, maxTxRateMbps: 10}}",
                "{cniType: ib-sriov, ibsriov: {resourceName: spidernet.io/ib, pkey: '0x8001', linkState: enable}}",
                "{cniType: ipoib, ipoib: {master: eth0}}",
                "{cniType: ovs, ovs: {bridge: br1, vlan: 7, trunk: [{id: 4}, {minID: 10, maxID: 20}]}}",
                "{cniType: custom, customCNI: '{\"cniVersion\": \"0.3.1\", \"type\": \"bridge\"}'}",
                "{customCNI: '{\"plugins\": [{\"type\": \"bridge\"}]}', enableCoordinator: false}",
                "{cniType: custom}",
                "{cniType: macvlan, macvlan: {master: [eth0]}, chainCNIJsonData: ['{\"type\": \"tuning\"}']}",
            })
    void letsGoodNetworksPass(String spec) {
        assertThat(create(Clusters.usual(), spec)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {cniType: bridge}                                              | spec.cniType           | REFUSED | one of macvlan, ipvlan, vlan, sriov, ovs, ib-sriov, ipoib, custom
            {cniType: macvlan}                                             | spec.macvlan           | REFUSED | is missing: a network of type macvlan is set up in spec.macvlan
            {cniType: ib-sriov}                                            | spec.ibsriov           | REFUSED | is set up in spec.ibsriov
            {cniType: macvlan, macvlan: {master: [eth0]}, ipvlan: {master: [eth0]}} | spec.ipvlan   | REFUSED | is for another cniType
            {cniType: custom, macvlan: {master: [eth0]}}                   | spec.macvlan           | REFUSED | is for another cniType
            {cniType: macvlan, macvlan: {}}                                | spec.macvlan.master    | REFUSED | is missing
            {cniType: macvlan, macvlan: {master: []}}                      | spec.macvlan.master    | REFUSED | is empty: name the node's device
            {cniType: macvlan, macvlan: {master: eth0}}                    | spec.macvlan.master    | REFUSED | is not a list
            {cniType: macvlan, macvlan: {master: ['eth0/1']}}              | spec.macvlan.master[0] | REFUSED | 'eth0/1' is no device name
            {cniType: macvlan, macvlan: {master: ['']}}                    | spec.macvlan.master[0] | REFUSED | '' is no device name
            {cniType: macvlan, macvlan: {master: [eth0, eth0], bond: {name: bond0, mode: 1}}} | spec.macvlan.master[1] | REFUSED | is listed twice
            {cniType: macvlan, macvlan: {master: [eth0, eth1]}}            | spec.macvlan.bond      | REFUSED | 2 masters are joined to a bond
            {cniType: macvlan, macvlan: {master: [eth0, eth1], bond: {mode: 1}}} | spec.macvlan.bond.name | REFUSED | is missing
            {cniType: macvlan, macvlan: {master: [eth0, eth1], bond: {name: '', mode: 1}}} | spec.macvlan.bond.name | REFUSED | '' is no device name
            {cniType: macvlan, macvlan: {master: [eth0, eth1], bond: {name: bond0, mode: 7}}} | spec.macvlan.bond.mode | REFUSED | 7 is out of range
            {cniType: macvlan, macvlan: {master: [eth0], bond: {name: bond0, mode: 1}}} | spec.macvlan.bond | WARNING | no effect with a single master
            {cniType: macvlan, macvlan: {master: [eth0], vlanID: 4095}}    | spec.macvlan.vlanID    | REFUSED | 4095 is out of range
            {cniType: macvlan, macvlan: {master: [eth0], vlanID: -1}}      | spec.macvlan.vlanID    | REFUSED | from 0 (none) to 4094
            {cniType: macvlan, macvlan: {master: [enp129s0f0np0], vlanID: 100}} | spec.macvlan.vlanID | REFUSED | enp129s0f0np0.100 that Spiderpool makes
            {cniType: macvlan, macvlan: {master: [eth0], mtu: 60}}         | spec.macvlan.mtu       | REFUSED | less than the 68 bytes
            {cniType: macvlan, macvlan: {master: [eth0], mtu: 1500}}       | spec.macvlan.mtu       | WARNING | more than the master carries, so Pods do not start there: n2 eth0 mtu 1450
            {cniType: macvlan, macvlan: {master: [eth7]}}                  | spec.macvlan.master[0] | REFUSED | no device eth7 on nodes n1, n2: Pods of this network do not start there; there are eth0, eth1
            {cniType: macvlan, macvlan: {master: [eth1]}}                  | spec.macvlan.master[0] | WARNING | no device eth1 on node n2
            {cniType: macvlan, macvlan: {master: [eth1]}}                  | spec.macvlan.master[0] | WARNING | a device in a bond or bridge cannot have macvlan children, name the bond or bridge: n1 eth1 master bond0
            {cniType: ipvlan, ipvlan: {master: [eth0]}}                    | spec.ipvlan.master[0]  | WARNING | the master of kube-system/macvlan-conf too
            {cniType: vlan, vlan: {master: [eth0]}}                        | spec.vlan.vlanID       | REFUSED | vlanMode manual needs it
            {cniType: vlan, vlan: {master: [eth0], vlanMode: auto, vlanID: 7}} | spec.vlan.vlanID   | REFUSED | leave vlanID out
            {cniType: vlan, vlan: {master: [eth0], vlanMode: any}}         | spec.vlan.vlanMode     | REFUSED | one of manual, auto
            {cniType: sriov, sriov: {}}                                    | spec.sriov.resourceName | REFUSED | is missing
            {cniType: ib-sriov, ibsriov: {resourceName: ''}}               | spec.ibsriov.resourceName | REFUSED | is missing
            {cniType: ib-sriov, ibsriov: {resourceName: a, linkState: up}} | spec.ibsriov.linkState | REFUSED | one of auto, enable, disable
            {cniType: sriov, sriov: {resourceName: a, minTxRateMbps: 20, maxTxRateMbps: 10}} | spec.sriov.minTxRateMbps | REFUSED | 20 is more than maxTxRateMbps 10
            {cniType: ovs, ovs: {}}                                        | spec.ovs.bridge        | REFUSED | is missing
            {cniType: ovs, ovs: {bridge: br1, vlan: 5000}}                 | spec.ovs.vlan          | REFUSED | 5000 is out of range
            {cniType: ovs, ovs: {bridge: br1, trunk: [{maxID: 20}]}}       | spec.ovs.trunk[0].minID | REFUSED | maxID 20 needs it
            {cniType: ovs, ovs: {bridge: br1, trunk: [{minID: 30, maxID: 20}]}} | spec.ovs.trunk[0].minID | REFUSED | 30 is more than maxID 20
            {cniType: ovs, ovs: {bridge: br1, trunk: [{}]}}                | spec.ovs.trunk[0]      | WARNING | names no VLAN
            {cniType: ipoib, ipoib: {}}                                    | spec.ipoib.master      | REFUSED | is missing
            {cniType: ipoib, ipoib: {master: 'ib 0'}}                      | spec.ipoib.master      | REFUSED | is no device name
            {cniType: custom, customCNI: '{type: x'}                       | spec.customCNI         | REFUSED | '{type: x' is no JSON object
            {cniType: custom, customCNI: '[]'}                             | spec.customCNI         | REFUSED | is no JSON object
            {cniType: custom, customCNI: '{}'}                             | spec.customCNI         | WARNING | has no "type"
            {cniType: custom, chainCNIJsonData: ['tuning']}                | spec.chainCNIJsonData[0] | REFUSED | 'tuning' is no JSON object
            {cniType: custom, chainCNIJsonData: ['{}']}                    | spec.chainCNIJsonData[0] | WARNING | has no "type"
            {cniType: custom, enableCoordinator: true}                     | spec.enableCoordinator | WARNING | sets it to false for cniType custom
            """)
    void findsWhatIsWrongWithTheNetworksOwnSection(String spec, String field, Severity severity, String piece) {
        Expected.in(create(Clusters.usual(), spec), field, severity, piece);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ippools: {ipv4: [no-pool]}                         | ippools.ipv4[0] | REFUSED | there is no SpiderIPPool 'no-pool', so Pods would not start; there are full-pool, off-pool, v4-pool
            ippools: {ipv4: [v4-pool, v6-pool]}                | ippools.ipv4[1] | REFUSED | has IPv6 addresses (2001:db8:6::/64): name it under ipv6
            ippools: {ipv6: [v4-pool]}                         | ippools.ipv6[0] | REFUSED | has IPv4 addresses (192.0.2.0/24): name it under ipv4
            ippools: {ipv4: [off-pool]}                        | ippools.ipv4[0] | WARNING | off-pool is disabled
            ippools: {ipv4: [full-pool]}                       | ippools.ipv4[0] | WARNING | has no address left: 1 of 1 are in use (U38)
            ippools: {ipv4: ['lab-*']}                         | ippools.ipv4[0] | WARNING | no SpiderIPPool has a name like 'lab-*'
            ippools: {ipv4: v4-pool}                           | ippools.ipv4    | REFUSED | is not a list
            ippools: {matchMasterSubnet: 1}                    | ippools.matchMasterSubnet | REFUSED | is not true or false
            """)
    void findsPoolsThatGiveNoAddresses(String pools, String field, Severity severity, String piece) {
        var spec = "{cniType: macvlan, macvlan: {master: [eth0], %s}}".formatted(pools);

        Expected.in(create(Clusters.usual(), spec), "spec.macvlan." + field, severity, piece);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            coordinator: {mode: disabled}                        | spec.coordinator.mode             | REFUSED | unknown tuneMode: disabled
            coordinator: {mode: overlay}                         | spec.coordinator.mode             | WARNING | 'overlay' fails Pods whose first NIC is of this network, such as web/web-1 (U15)
            coordinator: {mode: underlay}                        | spec.coordinator.mode             | WARNING | only another one of this network, such as web/mixed-1 (U15)
            coordinator: {hijackCIDR: [10.233.0.1/18]}           | spec.coordinator.hijackCIDR[0]    | REFUSED | write 10.233.0.0/18
            coordinator: {podRPFilter: 77}                       | spec.coordinator.podRPFilter      | REFUSED | 77 is out of range
            coordinator: {hostRuleTable: 254}                    | spec.coordinator.hostRuleTable    | REFUSED | the kernel's table main
            coordinator: {podCIDRType: none}                     | spec.coordinator.podCIDRType      | WARNING | (U11)
            coordinator: {hostRPFilter: 0}                       | spec.coordinator.hostRPFilter     | REFUSED | unknown field
            coordinator: {mode: auto}, enableCoordinator: false  | spec.coordinator                  | WARNING | has no effect: enableCoordinator is false
            enableCoordinator: false                             | spec.enableCoordinator            | WARNING | reach no Service and not their own node (U01), such as web/web-1
            disableIPAM: maybe                                   | spec.disableIPAM                  | REFUSED | is not true or false
            """)
    void findsWhatIsWrongWithTheCoordinatorOfANetwork(String setting, String field, Severity severity, String piece) {
        var spec = "{cniType: macvlan, macvlan: {master: [eth0]}, %s}".formatted(setting);

        Expected.in(update(Clusters.usual(), spec), field, severity, piece);
    }

    @Test
    void defaultsHideTheSpiderCoordinatorsSettings() {
        var now = Clusters.of("""
                kind: SpiderCoordinator
                metadata: {name: default}
                spec: {podCIDRType: auto, hostRuleTable: 600, podRPFilter: 0}
                """);
        var spec = "{cniType: sriov, sriov: {resourceName: a}, coordinator: {podCIDRType: none}}";

        var found = create(now, spec);

        Expected.in(
                found, "spec.coordinator.hostRuleTable", Severity.WARNING, "fills in 500, which hides 600 of Spider");
        assertThat(found).extracting(FieldProblem::field).containsExactly("spec.coordinator.hostRuleTable");
    }

    @Test
    void poolsAreOfNoUseWithoutIpam() {
        var spec = "{cniType: sriov, sriov: {resourceName: a, ippools: {ipv4: [v4-pool]}}, disableIPAM: true}";

        Expected.in(create(Clusters.usual(), spec), "spec.sriov.ippools", Severity.WARNING, "disableIPAM is true");
    }

    @Test
    void aNetworkInUseIsNotDeleted() {
        var found = EditRules.problems(Clusters.usual(), Clusters.edit(DELETE, KIND, "macvlan-conf", "{}"));

        Expected.in(found, "-", Severity.REFUSED, "Pods use the network: web/web-1, web/mixed-1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            k8s.v1.cni.cncf.io/networks: other, kube-system/macvlan-conf         | Running   | 1
            k8s.v1.cni.cncf.io/networks: macvlan-conf                            | Running   | 0
            k8s.v1.cni.cncf.io/networks: '[{"name": "macvlan-conf", "namespace": "kube-system"}]' | Running | 1
            k8s.v1.cni.cncf.io/networks: '[{"name": "macvlan-conf"}]'            | Running   | 0
            k8s.v1.cni.cncf.io/networks: '[{"name":'                             | Running   | 0
            v1.multus-cni.io/default-network: macvlan-conf                       | Pending   | 1
            v1.multus-cni.io/default-network: kube-system/macvlan-conf           | Succeeded | 0
            """)
    void knowsTheWaysToNameANetwork(String annotation, String phase, int problems) {
        var now = Clusters.of("""
                {kind: SpiderMultusConfig, metadata: {name: macvlan-conf, namespace: kube-system}, spec: {}}
                ---
                kind: Pod
                metadata:
                  name: p
                  namespace: web
                  annotations:
                    %s
                spec: {}
                status: {phase: %s}
                """.formatted(annotation, phase));

        assertThat(EditRules.problems(now, Clusters.edit(DELETE, KIND, "macvlan-conf", "{}")))
                .hasSize(problems);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            LOOPBACK UP | REFUSED | eth0 is the loopback device
            BROADCAST   | WARNING | it is down where no Pod can start: n1 eth0 mtu 1500
            """)
    void findsMastersThatCarryNothing(String flags, Severity severity, String piece) {
        var link = Clusters.link("eth0", 1500, null, Set.of(flags.split(" ", -1)));
        var now = Clusters.with(Clusters.of(Clusters.USUAL), Clusters.node("n1", List.of(link)));

        Expected.in(
                create(now, "{cniType: macvlan, macvlan: {master: [eth0]}}"),
                "spec.macvlan.master[0]",
                severity,
                piece);
    }

    @Test
    void saysWhatIsNotKnownOfNodes() {
        var some = Clusters.with(
                Clusters.of(Clusters.USUAL), Clusters.node("n1", List.of(Clusters.link("eth0", 1500, null))));
        var spec = "{cniType: macvlan, macvlan: {master: [eth7]}}";

        var found = create(some, spec);

        Expected.in(found, "spec.macvlan.master[0]", Severity.WARNING, "no device eth7 on node n1");
        Expected.in(found, "spec.macvlan.master", Severity.WARNING, "the device that no agent reports: n2");
        Expected.in(
                create(Clusters.of("{kind: Namespace, metadata: {name: kube-system}}"), spec),
                "spec.macvlan.master",
                Severity.WARNING,
                "no agent reports");
    }

    @Test
    void saysWhatCouldNotBeChecked() {
        var now = Clusters.usual().withUnobserved(Set.of(Known.POOLS, Known.PODS, Known.NAMESPACES, Known.ATTACHMENTS));
        var spec = "{cniType: macvlan, macvlan: {master: [eth0], ippools: {ipv4: [v4-pool]}}}";

        var found = update(now, spec);

        Expected.in(found, "spec.macvlan.ippools", Severity.WARNING, "not checked whether the pools are there");
        Expected.in(found, "spec.macvlan.master", Severity.WARNING, "not checked whether another network has");
        Expected.in(found, "spec.coordinator", Severity.WARNING, "not checked whether the Pods of the network");
        Expected.in(found, "metadata.namespace", Severity.WARNING, "not checked whether there is such a namespace");
        Expected.in(
                EditRules.problems(now, Clusters.edit(DELETE, KIND, "macvlan-conf", "{}")),
                "-",
                Severity.WARNING,
                "not checked whether Pods use the network");
    }

    @Test
    void noNodeHasSoManyDevices() {
        var masters = IntStream.range(0, 33).mapToObj(i -> "eth" + i).collect(Collectors.joining(", "));

        var found = create(Clusters.usual(), "{cniType: macvlan, macvlan: {master: [%s]}}".formatted(masters));

        Expected.in(found, "spec.macvlan.master", Severity.REFUSED, "33 masters: no node has so many devices");
    }
}
