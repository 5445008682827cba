package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.Edit.Operation.CREATE;
import static dev.underpass.diagnosis.edit.Edit.Operation.DELETE;
import static dev.underpass.diagnosis.edit.Edit.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.diagnosis.edit.FieldProblem.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditRulesCoordinatorTest {

    private static final String KIND = "SpiderCoordinator";

    private static List<FieldProblem> update(ClusterSnapshot now, String spec) {
        return EditRules.problems(now, Clusters.edit(UPDATE, KIND, "default", spec));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{podCIDRType: auto}",
                "{podCIDRType: auto, mode: auto, hijackCIDR: [169.254.0.0/16], hostRuleTable: 500, podRPFilter: 0}",
                "{podCIDRType: calico, vethMTU: 1450, vethLinkAddress: 169.254.100.1, podMACPrefix: 0a:1b}",
                "{podCIDRType: cluster, podDefaultRouteNIC: net1, txQueueLen: 0, tunePodRoutes: true}",
                "{podCIDRType: auto, hijackCIDR: [169.254.20.10, 2001:db8:53::/64, 203.0.113.0/24]}",
                "{podCIDRType: auto, policyRoutes: [{dst: 198.51.100.0/24, gw: 192.0.2.1}]}",
                "{podCIDRType: auto, podMACPrefix: '', vethLinkAddress: '', podDefaultRouteNIC: ''}",
            })
    void letsGoodSettingsPass(String spec) {
        assertThat(update(Clusters.usual(), spec)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                          | spec.podCIDRType        | REFUSED | is missing
            {podCIDRType: flannel}                                      | spec.podCIDRType        | REFUSED | one of auto, cluster, calico, cilium, none
            {podCIDRType: 4}                                            | spec.podCIDRType        | REFUSED | the number 4 is not one of auto
            {podCIDRType: auto, mode: nat}                              | spec.mode               | REFUSED | must be one of auto, underlay, overlay, disabled
            {podCIDRType: auto, hostRPFilter: 0}                        | spec.hostRPFilter       | REFUSED | unknown field 'hostRPFilter': the API server would drop it
            {podCIDRType: auto, hijackcidr: []}                         | spec.hijackcidr         | REFUSED | it is written hijackCIDR
            {podCIDRType: auto, hijackCIDR: 10.233.0.0/18}              | spec.hijackCIDR         | REFUSED | is not a list
            {podCIDRType: auto, hijackCIDR: [7]}                        | spec.hijackCIDR[0]      | REFUSED | the number 7 is not a text
            {podCIDRType: auto, hijackCIDR: null}                       | spec.hijackCIDR         | REFUSED | null is no value
            {podCIDRType: auto, tunePodRoutes: "true"}                  | spec.tunePodRoutes      | REFUSED | write it without quotes
            {podCIDRType: auto, hostRuleTable: '500'}                   | spec.hostRuleTable      | REFUSED | the text '500' is not a whole number; write it without quotes
            {podCIDRType: auto, hostRuleTable: 500.0}                   | spec.hostRuleTable      | REFUSED | the number 500.0 is not a whole number
            {podCIDRType: auto, policyRoutes: [{dst: 192.0.2.0/24}]}    | spec.policyRoutes[0].gw | REFUSED | is missing
            """)
    void refusesWhatTheCrdDoesNotKnow(String spec, String field, Severity severity, String piece) {
        Expected.in(update(Clusters.usual(), spec), field, severity, piece);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hijackCIDR: [not-a-cidr]                    | spec.hijackCIDR[0]       | REFUSED | 'not-a-cidr' is no CIDR
            hijackCIDR: [192.0.2.0/33]                  | spec.hijackCIDR[0]       | REFUSED | '192.0.2.0/33' is no CIDR
            hijackCIDR: [203.0.113.0/24, 10.96.3.0/16]  | spec.hijackCIDR[1]       | REFUSED | bits set after its length, so it is no network: write 10.96.0.0/16
            hijackCIDR: [203.0.113.0/24, 203.0.113.0/24] | spec.hijackCIDR[1]      | WARNING | is listed twice
            hijackCIDR: [203.0.113.9/32, 203.0.113.0/24] | spec.hijackCIDR[0]      | WARNING | 203.0.113.9/32 is covered by 203.0.113.0/24, which is listed
            hijackCIDR: [2001:db8:9::/48, 2001:db8:9::1] | spec.hijackCIDR[1]      | WARNING | 2001:db8:9::1 is covered by 2001:db8:9::/48
            hijackCIDR: [0.0.0.0/0]                     | spec.hijackCIDR[0]       | WARNING | sends all of the Pod's traffic to its node
            hijackCIDR: [192.0.2.128/25]                | spec.hijackCIDR[0]       | WARNING | overlaps the subnet 192.0.2.0/24 of a SpiderIPPool
            mode: disabled                              | spec.mode                | REFUSED | unknown tuneMode: disabled
            mode: disable                               | spec.mode                | REFUSED | the plugin's word, which the CRD refuses
            mode: underlay                              | spec.mode                | WARNING | first NIC is on the overlay, such as web/mixed-1 (U15)
            mode: overlay                               | spec.mode                | WARNING | first NIC is on the underlay, such as web/web-1 (U15)
            hostRuleTable: -5                           | spec.hostRuleTable       | REFUSED | -5 is out of range
            hostRuleTable: 0                            | spec.hostRuleTable       | REFUSED | 0 is out of range
            hostRuleTable: 253                          | spec.hostRuleTable       | REFUSED | the kernel's table default
            hostRuleTable: 254                          | spec.hostRuleTable       | REFUSED | the kernel's table main
            hostRuleTable: 255                          | spec.hostRuleTable       | REFUSED | the kernel's table local
            hostRuleTable: 2147483648                   | spec.hostRuleTable       | REFUSED | from 1 to 2147483647
            hostRuleTable: 600                          | spec.hostRuleTable       | WARNING | running Pods keep their routes in table 500
            podRPFilter: 77                             | spec.podRPFilter         | REFUSED | 77 is out of range: rp_filter is 0 (off), 1 (strict) or 2 (loose)
            podRPFilter: 3                              | spec.podRPFilter         | REFUSED | 3 is out of range
            podRPFilter: -1                             | spec.podRPFilter         | WARNING | leaves the Pod's rp_filter as the node sets it
            podRPFilter: 1                              | spec.podRPFilter         | WARNING | drops answers that come by another NIC
            podRPFilter: 2                              | spec.podRPFilter         | WARNING | networks that set it themselves: kube-system/macvlan-conf (U09)
            tunePodRoutes: false                        | spec.tunePodRoutes       | WARNING | default route in table main
            txQueueLen: -1                              | spec.txQueueLen          | REFUSED | -1 is out of range
            txQueueLen: 500                             | spec.txQueueLen          | WARNING | on the node's device of the same name
            vethMTU: 67                                 | spec.vethMTU             | REFUSED | 68 to 65535 bytes
            vethMTU: 70000                              | spec.vethMTU             | REFUSED | 70000 is out of range
            vethMTU: 576                                | spec.vethMTU             | WARNING | less than the 1280 bytes that IPv6 needs
            vethMTU: 1500                               | spec.vethMTU             | WARNING | carry (n2 eth0 mtu 1450)
            podMACPrefix: 0a1b                          | spec.podMACPrefix        | REFUSED | '0a1b' is no MAC prefix: write two bytes, such as 0a:1b
            podMACPrefix: 0a:1b:2c                      | spec.podMACPrefix        | REFUSED | is no MAC prefix
            podMACPrefix: 0b:1b                         | spec.podMACPrefix        | REFUSED | begins a multicast address
            vethLinkAddress: 169.254.100                | spec.vethLinkAddress     | REFUSED | is no IP address
            vethLinkAddress: fe80::1                    | spec.vethLinkAddress     | REFUSED | is an IPv6 address
            vethLinkAddress: 192.0.2.7                  | spec.vethLinkAddress     | REFUSED | is not link-local
            podDefaultRouteNIC: eth 0                   | spec.podDefaultRouteNIC  | REFUSED | is no device name
            podDefaultRouteNIC: a234567890123456        | spec.podDefaultRouteNIC  | REFUSED | 1 to 15 bytes
            podDefaultRouteNIC: bond0                   | spec.podDefaultRouteNIC  | WARNING | is neither eth0 nor net1
            policyRoutes: [{dst: 192.0.2.1, gw: 192.0.2.1}] | spec.policyRoutes[0].dst | REFUSED | '192.0.2.1' is no CIDR
            policyRoutes: [{dst: 192.0.2.0/24, gw: x}]  | spec.policyRoutes[0].gw  | REFUSED | 'x' is no IP address
            policyRoutes: [{dst: 192.0.2.0/24, gw: '2001:db8::1'}] | spec.policyRoutes[0].gw | REFUSED | both must be IPv4, or both IPv6
            """)
    void findsSettingsThatBreakOrSurprise(String setting, String field, Severity severity, String piece) {
        var spec = "{podCIDRType: auto, %s}".formatted(setting);

        Expected.in(update(Clusters.usual(), spec), field, severity, piece);
    }

    @Test
    void whatIsNoNumberInQuotesEitherIsNotToBeWrittenWithoutThem() {
        assertThat(update(Clusters.usual(), "{podCIDRType: auto, hostRuleTable: many, tunePodRoutes: maybe}"))
                .extracting(FieldProblem::message)
                .containsExactly("the text 'many' is not a whole number", "the text 'maybe' is not true or false");
    }

    @Test
    void aTypeWithoutRangesDoesNotGoWithKubeProxy() {
        Expected.in(
                update(Clusters.usual(), "{podCIDRType: none}"),
                "spec.podCIDRType",
                Severity.WARNING,
                "kube-proxy on node n1");
        Expected.in(
                update(Clusters.of(Clusters.USUAL), "{podCIDRType: none}"),
                "spec.podCIDRType",
                Severity.WARNING,
                "ConfigMap kube-proxy");
        Expected.in(
                update(Clusters.usual(), "{podCIDRType: cilium}"),
                "spec.podCIDRType",
                Severity.WARNING,
                "no ConfigMap cilium-config");
    }

    @Test
    void aNodesAddressIsNoneForAPod() {
        var link = Clusters.node("n1", List.of(), "nodelocaldns 169.254.20.10/32");
        var now = Clusters.with(Clusters.of(Clusters.USUAL), link);

        Expected.in(
                update(now, "{podCIDRType: auto, vethLinkAddress: 169.254.20.10}"),
                "spec.vethLinkAddress",
                Severity.REFUSED,
                "an address of node n1 (nodelocaldns)");
    }

    @Test
    void aSecondSpiderCoordinatorIsNeverRead() {
        var second = Clusters.edit(CREATE, KIND, "second", "{podCIDRType: auto}");

        Expected.in(EditRules.problems(Clusters.usual(), second), "-", Severity.REFUSED, "reads only the first one");
        assertThat(EditRules.problems(Clusters.of("{kind: Namespace, metadata: {name: default}}"), second))
                .isEmpty();
    }

    @Test
    void ofTwoOnlyTheFirstHasAnEffect() {
        var now = Clusters.of("""
                {kind: SpiderCoordinator, metadata: {name: default}, spec: {podCIDRType: auto}}
                ---
                {kind: SpiderCoordinator, metadata: {name: second}, spec: {podCIDRType: auto}}
                """);

        var edit = Clusters.edit(UPDATE, KIND, "second", "{podCIDRType: cluster}");
        Expected.in(EditRules.problems(now, edit), "-", Severity.WARNING, "has no effect");
        var first = Clusters.edit(DELETE, KIND, "default", "{}");
        Expected.in(EditRules.problems(now, first), "-", Severity.WARNING, "settings of SpiderCoordinator second");
        assertThat(EditRules.problems(now, Clusters.edit(DELETE, KIND, "second", "{}")))
                .isEmpty();
    }

    @Test
    void theOnlySpiderCoordinatorIsNotDeleted() {
        var edit = Clusters.edit(DELETE, KIND, "default", "{}");

        Expected.in(
                EditRules.problems(Clusters.usual(), edit), "-", Severity.REFUSED, "it is the only SpiderCoordinator");
    }

    @Test
    void saysThatOtherSpiderCoordinatorsCouldNotBeRead() {
        var now = Clusters.usual().withUnobserved(Set.of(Known.COORDINATORS));

        Expected.in(
                EditRules.problems(now, Clusters.edit(CREATE, KIND, "second", "{podCIDRType: auto}")),
                "-",
                Severity.WARNING,
                "not checked whether there is another SpiderCoordinator");
        Expected.in(
                EditRules.problems(now, Clusters.edit(DELETE, KIND, "default", "{}")),
                "-",
                Severity.WARNING,
                "not checked whether it is the only SpiderCoordinator");
    }

    @Test
    void saysOfWhichNodesNoMtuIsKnown() {
        var spec = "{podCIDRType: auto, vethMTU: 1500}";
        var alone = Clusters.of("{kind: SpiderCoordinator, metadata: {name: default}, spec: {podCIDRType: auto}}");

        Expected.in(
                update(Clusters.of(Clusters.USUAL), spec),
                "spec.vethMTU",
                Severity.WARNING,
                "that no agent reports: n1, n2");
        Expected.in(update(alone, spec), "spec.vethMTU", Severity.WARNING, "no agent reports");
    }

    @ParameterizedTest(name = "{0} without {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {podCIDRType: none}                          | configmaps                                       | spec.podCIDRType | kube-proxy
            {podCIDRType: calico}                        | ippools.crd.projectcalico.org                    | spec.podCIDRType | whether Calico
            {podCIDRType: auto, mode: underlay}          | pods                                             | spec.mode        | whether all Pods fit
            {podCIDRType: auto, hijackCIDR: [192.0.2.0/24]} | spiderippools.spiderpool.spidernet.io         | spec.hijackCIDR  | pool's subnet
            {podCIDRType: auto}                          | network-attachment-definitions.k8s.cni.cncf.io   | -                | whether a network hides
            {podCIDRType: auto}                          | spidercoordinators.spiderpool.spidernet.io       | metadata.name    | whether there is such
            """)
    void saysWhatCouldNotBeChecked(String spec, String resource, String field, String piece) {
        var now = Clusters.of("{kind: SpiderCoordinator, metadata: {name: default}, spec: {podCIDRType: auto}}")
                .withUnobserved(Set.of(resource));

        var found = update(now, spec);

        Expected.in(found, field, Severity.WARNING, piece);
        Expected.in(found, field, Severity.WARNING, resource + " could not be read");
    }

    @Test
    void calicoNeedsAnIpPoolOfItsOwn() {
        var now = Clusters.of("{kind: SpiderCoordinator, metadata: {name: default}, spec: {podCIDRType: auto}}");

        var found = update(now, "{podCIDRType: calico}");

        Expected.in(found, "spec.podCIDRType", Severity.WARNING, "the cluster has no Calico IPPool");
    }
}
