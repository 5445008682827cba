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

class EditRulesPoolTest {

    private static final String KIND = "SpiderIPPool";

    private static List<FieldProblem> create(ClusterSnapshot now, String spec) {
        return EditRules.problems(now, Clusters.edit(CREATE, KIND, "new-pool", spec));
    }

    private static List<FieldProblem> update(ClusterSnapshot now, String name, String spec) {
        return EditRules.problems(now, Clusters.edit(UPDATE, KIND, name, spec));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{subnet: 192.0.2.0/24, ips: [192.0.2.30-192.0.2.40], gateway: 192.0.2.1}",
                "{subnet: 192.0.2.0/24, ips: [192.0.2.30, 192.0.2.32], ipVersion: 4}",
                "{subnet: 192.0.2.0/24, ips: [192.0.2.1-192.0.2.9], excludeIPs: [192.0.2.1-192.0.2.3], gateway: 192.0.2.1}",
                "{subnet: 203.0.113.0/24, ips: [203.0.113.1-203.0.113.254], default: true, disable: false}",
                "{subnet: '2001:db8:7::/64', ips: ['2001:db8:7::10-2001:db8:7::ff'], gateway: '2001:db8:7::1', ipVersion: 6}",
                "{subnet: 203.0.113.0/24, ips: [203.0.113.9], routes: [{dst: 172.16.0.0/12, gw: 203.0.113.1}]}",
                "{subnet: 203.0.113.8/31, ips: [203.0.113.8-203.0.113.9]}",
                "{subnet: 203.0.113.0/24, ips: [203.0.113.9], nodeName: [n1], namespaceName: [web], multusName: [kube-system/macvlan-conf]}",
                "{subnet: 203.0.113.0/24, ips: [203.0.113.9], podAffinity: {matchLabels: {app: web}}}",
            })
    void letsGoodPoolsPass(String spec) {
        assertThat(create(Clusters.usual(), spec)).isEmpty();
    }

    @Test
    void letsAStoredPoolPassAsItIsAndLarger() {
        var same = "{subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.20], gateway: 192.0.2.1}";
        var larger = "{subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.50], gateway: 192.0.2.1}";

        assertThat(update(Clusters.usual(), "v4-pool", same)).isEmpty();
        assertThat(update(Clusters.usual(), "v4-pool", larger)).isEmpty();
        assertThat(EditRules.problems(Clusters.usual(), Clusters.edit(DELETE, KIND, "v6-pool", "{}")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {ips: [192.0.2.30]}                                                 | spec.subnet        | REFUSED | is missing
            {subnet: ''}                                                        | spec.subnet        | REFUSED | is no CIDR
            {subnet: 192.0.2.0}                                                 | spec.subnet        | REFUSED | '192.0.2.0' is no CIDR: write an address and a length
            {subnet: 192.0.2.7/24}                                              | spec.subnet        | REFUSED | bits set after its length, so it is no network: write 192.0.2.0/24
            {subnet: 127.0.0.0/24}                                              | spec.subnet        | REFUSED | which no Pod can have
            {subnet: 192.0.2.0/24, ipVersion: 6}                                | spec.ipVersion     | REFUSED | the subnet 192.0.2.0/24 is IPv4: write 4
            {subnet: 192.0.2.0/24, ipVersion: 5}                                | spec.ipVersion     | REFUSED | write 4
            {subnet: 192.0.2.0/24, ipVersion: 7}                                | spec.ipVersion     | REFUSED | 7 is out of range
            {subnet: 192.0.2.0/24, vlan: 100}                                   | spec.vlan          | REFUSED | unknown field 'vlan'
            {subnet: 192.0.2.0/24, ips: 192.0.2.30}                             | spec.ips           | REFUSED | is not a list
            {subnet: 192.0.2.0/24, ips: [192.0.2.30, 5]}                        | spec.ips[1]        | REFUSED | the number 5 is not a text
            {subnet: 192.0.2.0/24, ips: [null]}                                 | spec.ips[0]        | REFUSED | null is no value
            {subnet: 192.0.2.0/24, ips: [192.0.2.300]}                          | spec.ips[0]        | REFUSED | '192.0.2.300' is no address range
            {subnet: 192.0.2.0/24, ips: [192.0.2.30-192.0.2.40-192.0.2.50]}     | spec.ips[0]        | REFUSED | write one address, or FIRST-LAST
            {subnet: 192.0.2.0/24, ips: [192.0.2.30 - 192.0.2.40]}              | spec.ips[0]        | REFUSED | without spaces
            {subnet: 192.0.2.0/24, ips: [192.0.2.32/28]}                        | spec.ips[0]        | REFUSED | a prefix is no range: write 192.0.2.32-192.0.2.47
            {subnet: 192.0.2.0/24, ips: [192.0.2.40-192.0.2.30]}                | spec.ips[0]        | REFUSED | reversed: write 192.0.2.30-192.0.2.40
            {subnet: 192.0.2.0/24, ips: ['192.0.2.30-2001:db8::1']}             | spec.ips[0]        | REFUSED | are of different families
            {subnet: 192.0.2.0/24, ips: ['2001:db8::1']}                        | spec.ips[0]        | REFUSED | is IPv6, but the subnet 192.0.2.0/24 is not
            {subnet: 192.0.2.0/24, ips: [192.0.2.250-192.0.3.5]}                | spec.ips[0]        | REFUSED | not within the subnet 192.0.2.0/24: take addresses from 192.0.2.0-192.0.2.255
            {subnet: 192.0.2.0/24, ips: [192.0.2.30-192.0.2.40, 192.0.2.40]}    | spec.ips[1]        | WARNING | 192.0.2.40 overlaps 192.0.2.30-192.0.2.40
            {subnet: 192.0.2.0/24, ips: [192.0.2.30], excludeIPs: [198.51.100.1]} | spec.excludeIPs[0] | REFUSED | not within the subnet
            {subnet: 192.0.2.0/24, ips: [192.0.2.30], excludeIPs: [x]}          | spec.excludeIPs[0] | REFUSED | 'x' is no address range
            {subnet: 192.0.2.0/24, ips: [192.0.2.30], excludeIPs: [192.0.2.50]} | spec.excludeIPs[0] | WARNING | excludes nothing
            {subnet: 192.0.2.0/24, ips: []}                                     | spec.ips           | WARNING | the pool has no addresses
            {subnet: 192.0.2.0/24, ips: [192.0.2.30], excludeIPs: [192.0.2.30]} | spec.ips           | WARNING | all addresses are excluded
            {subnet: 203.0.113.0/24, ips: [203.0.113.0-203.0.113.9]}            | spec.ips[0]        | WARNING | 203.0.113.0, the network's address
            {subnet: 203.0.113.0/24, ips: [203.0.113.9, 203.0.113.255]}         | spec.ips[1]        | WARNING | 203.0.113.255, the broadcast address
            {subnet: '2001:db8:7::/64', ips: ['2001:db8:7::-2001:db8:7::9']}    | spec.ips[0]        | WARNING | the subnet-router anycast address
            {subnet: '2001:db8:7::/64', ips: ['2001:db8:7::1-2001:db8:7::ffff:ffff']} | spec.ips     | REFUSED | 4294967295 addresses: Spiderpool lists each
            {subnet: 10.8.0.0/13, ips: [10.8.0.1-10.11.255.254]}                | spec.ips           | WARNING | 262142 addresses
            {subnet: 192.0.2.0/24, gateway: 192.0.2}                            | spec.gateway       | REFUSED | '192.0.2' is no IP address
            {subnet: 192.0.2.0/24, gateway: 192.0.2.1/24}                       | spec.gateway       | REFUSED | without a length
            {subnet: 192.0.2.0/24, gateway: 198.51.100.1}                       | spec.gateway       | REFUSED | not within the subnet
            {subnet: 203.0.113.0/24, gateway: '2001:db8::1'}                    | spec.gateway       | REFUSED | not within the subnet
            {subnet: 203.0.113.0/24, ips: [203.0.113.9, 203.0.113.1-203.0.113.5], gateway: 203.0.113.1} | spec.ips[1] | REFUSED | has the gateway 203.0.113.1
            {subnet: 192.0.2.0/24, podAffinity: {}}                             | spec.podAffinity   | REFUSED | selects nothing
            {subnet: 192.0.2.0/24, podAffinity: {matchLabels: {app: 1}}}        | spec.podAffinity.matchLabels.app | REFUSED | is not a text
            {subnet: 192.0.2.0/24, nodeAffinity: {matchExpressions: [{key: zone, operator: Like}]}} | spec.nodeAffinity.matchExpressions[0].operator | REFUSED | one of In, NotIn
            {subnet: 192.0.2.0/24, nodeAffinity: {matchExpressions: [{key: zone, operator: In}]}} | spec.nodeAffinity.matchExpressions[0].values | REFUSED | In needs at least one value
            {subnet: 192.0.2.0/24, nodeAffinity: {matchExpressions: [{key: zone, operator: Exists, values: [a]}]}} | spec.nodeAffinity.matchExpressions[0].values | REFUSED | Exists takes no values
            {subnet: 192.0.2.0/24, nodeName: [n9]}                              | spec.nodeName[0]      | WARNING | there is no node 'n9'
            {subnet: 192.0.2.0/24, namespaceName: [shop]}                       | spec.namespaceName[0] | WARNING | there is no namespace 'shop'
            {subnet: 192.0.2.0/24, multusName: [web/other]}                     | spec.multusName[0]    | WARNING | there is no SpiderMultusConfig 'web/other'
            """)
    void findsWhatIsWrongWithThePoolAlone(String spec, String field, Severity severity, String piece) {
        Expected.in(create(Clusters.usual(), spec), field, severity, piece);
    }

    @ParameterizedTest(name = "{0} by {1}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            172.16.0.0/12   | 203.0.113.900 | gw  | REFUSED | is no IP address
            172.16.0.0/12   | 198.51.100.1  | gw  | REFUSED | 198.51.100.1 is not within the subnet
            172.16.0.0/12   | 203.0.113.9   | gw  | WARNING | is among ips
            172.16.0.1/12   | 203.0.113.1   | dst | REFUSED | write 172.16.0.0/12
            nowhere         | 203.0.113.1   | dst | REFUSED | 'nowhere' is no CIDR
            0.0.0.0/0       | 203.0.113.1   | dst | REFUSED | give the gateway in spec.gateway
            2001:db8:9::/64 | 203.0.113.1   | dst | REFUSED | is IPv6, but the subnet 203.0.113.0/24 is not
            203.0.113.64/26 | 203.0.113.1   | dst | WARNING | is within the subnet
            10.233.0.0/18   | 203.0.113.1   | dst | REFUSED | is the Service CIDR 10.233.0.0/18 (SpiderCoordinator default status): Pods would send this
            10.233.8.0/24   | 203.0.113.1   | dst | REFUSED | is within the Service CIDR
            10.233.64.0/18  | 203.0.113.1   | dst | REFUSED | is the Pod CIDR
            169.254.20.0/24 | 203.0.113.1   | dst | WARNING | within hijackCIDR 169.254.0.0/16
            """)
    void findsRoutesThatLeadAstray(String to, String gateway, String end, Severity severity, String piece) {
        var spec =
                "{subnet: 203.0.113.0/24, ips: [203.0.113.9], routes: [{dst: '%s', gw: '%s'}]}".formatted(to, gateway);

        Expected.in(create(Clusters.usual(), spec), "spec.routes[0]." + end, severity, piece);
    }

    @Test
    void twoRoutesHaveTwoDestinations() {
        var spec = "{subnet: 203.0.113.0/24, ips: [203.0.113.9], routes: [{dst: 172.16.0.0/12, gw: 203.0.113.1},"
                + " {dst: 172.16.0.0/12, gw: 203.0.113.2}, {dst: 198.18.0.0/15, gw: ''}]}";

        var found = create(Clusters.usual(), spec);

        Expected.in(found, "spec.routes[1].dst", Severity.REFUSED, "the destination of an earlier route");
        Expected.in(found, "spec.routes[2].gw", Severity.REFUSED, "is empty");
    }

    @ParameterizedTest(name = "{0} {1}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            192.0.2.0/25   | 192.0.2.30             | spec.subnet | REFUSED | overlaps 192.0.2.0/24 of SpiderIPPool v4-pool
            192.0.2.0/24   | 192.0.2.18-192.0.2.30  | spec.ips    | REFUSED | has 192.0.2.18-192.0.2.20 of SpiderIPPool v4-pool
            192.0.2.0/24   | 192.0.2.1-192.0.2.5    | spec.ips    | REFUSED | has 192.0.2.1, the gateway of SpiderIPPool v4-pool
            192.0.2.0/24   | 192.0.2.55-192.0.2.60  | spec.ips    | WARNING | 192.0.2.60 is reserved by SpiderReservedIP printers
            192.0.2.0/24   | 192.0.2.200-192.0.2.202 | spec.ips   | REFUSED | has 192.0.2.201 of node n1 (eth0), 192.0.2.202 of node n2 (eth0)
            172.17.0.0/16  | 172.17.0.1-172.17.0.9  | spec.ips    | REFUSED | 172.17.0.1 of node n2 (docker0)
            10.233.10.0/24 | 10.233.10.5            | spec.subnet | REFUSED | is within the Service CIDR 10.233.0.0/18
            10.233.64.0/18 | 10.233.70.5            | spec.subnet | REFUSED | is within the Pod CIDR 10.233.64.0/18
            10.0.0.0/8     | 10.233.0.1-10.233.0.9  | spec.ips    | REFUSED | has 10.233.0.1-10.233.0.9 of the Service CIDR
            10.0.0.0/8     | 10.1.0.1-10.1.0.9      | spec.subnet | WARNING | contains the Service CIDR
            """)
    void findsAddressesThatOthersHave(String subnet, String ips, String field, Severity severity, String piece) {
        var spec = "{subnet: %s, ips: [%s]}".formatted(subnet, ips);

        Expected.in(create(Clusters.usual(), spec), field, severity, piece);
    }

    @Test
    void excludedAddressesAreNobodys() {
        var spec = "{subnet: 192.0.2.0/24, ips: [192.0.2.2-192.0.2.30], excludeIPs: [192.0.2.10-192.0.2.20]}";

        assertThat(create(Clusters.usual(), spec)).isEmpty();
    }

    @Test
    void whatKubeadmCallsThePodsRangeMayBeTheUnderlays() {
        var now = Clusters.of("""
                kind: ConfigMap
                metadata: {name: kubeadm-config, namespace: kube-system}
                data: {ClusterConfiguration: "podSubnet: 203.0.113.0/24\\nserviceSubnet: 10.96.0.0/12\\n"}
                """);

        var found = create(now, "{subnet: 203.0.113.0/24, ips: [203.0.113.9]}");

        Expected.in(found, "spec.subnet", Severity.WARNING, "set masqueradeAll (U66)");
        assertThat(found).noneMatch(each -> each.severity() == Severity.REFUSED);
    }

    @Test
    void aStoredPoolKeepsItsSubnet() {
        var other = update(Clusters.usual(), "v4-pool", "{subnet: 203.0.113.0/24, ips: [203.0.113.9]}");
        var family = update(Clusters.usual(), "v4-pool", "{subnet: '2001:db8:7::/64', ips: ['2001:db8:7::9']}");

        Expected.in(other, "spec.subnet", Severity.REFUSED, "203.0.113.0/24 instead of 192.0.2.0/24: the subnet");
        Expected.in(family, "spec.subnet", Severity.REFUSED, "of another IP version");
    }

    @Test
    void whatIsSoAlreadyIsNoReasonToRefuse() {
        var now = Clusters.of(Clusters.USUAL + """
                ---
                kind: SpiderIPPool
                metadata: {name: old}
                spec: {subnet: 192.0.2.0/25, ips: [192.0.2.99]}
                """);

        var found = update(now, "old", "{subnet: 192.0.2.0/25, ips: [192.0.2.99-192.0.2.100]}");

        Expected.in(found, "spec.subnet", Severity.WARNING, "it is so already");
    }

    @Test
    void aPoolDoesNotShrinkBelowItsUse() {
        var less = update(Clusters.usual(), "v4-pool", "{subnet: 192.0.2.0/24, ips: [192.0.2.11-192.0.2.20]}");
        var excluded = update(
                Clusters.usual(),
                "v4-pool",
                "{subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.20], excludeIPs: [192.0.2.11]}");
        var off = update(
                Clusters.usual(), "v4-pool", "{subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.20], disable: true}");

        Expected.in(less, "spec.ips", Severity.REFUSED, "takes away 192.0.2.10 of Pod web/web-1");
        Expected.in(excluded, "spec.excludeIPs", Severity.REFUSED, "takes away 192.0.2.11 of Pod web/mixed-1");
        assertThat(excluded).extracting(FieldProblem::field).doesNotContain("spec.ips");
        Expected.in(off, "spec.disable", Severity.WARNING, "2 Pods have addresses of the pool");
    }

    @Test
    void anAddressThatNoEndpointShowsMayBeInUse() {
        var found = update(Clusters.usual(), "full-pool", "{subnet: 198.51.100.0/24, ips: [198.51.100.21]}");

        Expected.in(found, "spec.ips", Severity.WARNING, "allocatedIPCount is 1, but SpiderEndpoints show only 0");
    }

    @Test
    void aPoolInUseIsNotDeleted() {
        var used = EditRules.problems(Clusters.usual(), Clusters.edit(DELETE, KIND, "v4-pool", "{}"));
        var counted = EditRules.problems(Clusters.usual(), Clusters.edit(DELETE, KIND, "full-pool", "{}"));

        Expected.in(used, "-", Severity.REFUSED, "192.0.2.11 of Pod web/mixed-1, 192.0.2.10 of Pod web/web-1");
        Expected.in(used, "-", Severity.WARNING, "networks name it: kube-system/macvlan-conf");
        Expected.in(counted, "-", Severity.REFUSED, "allocatedIPCount is 1, though no SpiderEndpoint shows them");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spiderendpoints.spiderpool.spidernet.io   | spec.ips    | whether Pods have addresses
            spiderippools.spiderpool.spidernet.io     | spec.ips    | whether another pool
            spidersubnets.spiderpool.spidernet.io     | spec.subnet | whether a SpiderSubnet contains
            spiderreservedips.spiderpool.spidernet.io | spec.ips    | whether a SpiderReservedIP
            nodes                                     | spec.ips    | whether a node has
            spidercoordinators.spiderpool.spidernet.io | spec.subnet | the Service and Pod CIDRs
            servicecidrs.networking.k8s.io            | spec.subnet | a ServiceCIDR
            ippools.crd.projectcalico.org             | spec.subnet | a Calico IPPool
            spidercoordinators.spiderpool.spidernet.io | spec.routes | whether one shadows
            """)
    void saysWhatCouldNotBeChecked(String resource, String field, String piece) {
        var now = Clusters.usual().withUnobserved(Set.of(resource));

        var found = update(
                now, "v4-pool", "{subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.20], gateway: 192.0.2.1, routes: []}");

        Expected.in(found, field, Severity.WARNING, piece);
        Expected.in(found, field, Severity.WARNING, resource + " could not be read");
        assertThat(found).noneMatch(each -> each.severity() == Severity.REFUSED);
    }

    @Test
    void saysOfWhichNodesOnlyTheMainAddressIsKnown() {
        var found = create(Clusters.of(Clusters.USUAL), "{subnet: 192.0.2.0/24, ips: [192.0.2.201]}");

        Expected.in(found, "spec.ips", Severity.REFUSED, "has 192.0.2.201 of node n1");
        Expected.in(found, "spec.ips", Severity.WARNING, "nodes that no agent reports: n1, n2");
    }

    @Test
    void theGatewayOfTheSubnetIsNoPods() {
        var now = Clusters.of(Clusters.USUAL + """
                ---
                kind: SpiderSubnet
                metadata: {name: cut}
                spec: {subnet: 203.0.113.0/24, gateway: 203.0.113.1, ips: [203.0.113.1-203.0.113.99]}
                """);

        var found = create(now, "{subnet: 203.0.113.0/24, ips: [203.0.113.1-203.0.113.9]}");

        Expected.in(found, "spec.ips", Severity.REFUSED, "has 203.0.113.1, the gateway of a SpiderSubnet");
    }

    @Test
    void aRouteIntoWhatKubeadmCallsThePodsRangeIsDoubtful() {
        var now = Clusters.of("""
                kind: ConfigMap
                metadata: {name: kubeadm-config, namespace: kube-system}
                data: {ClusterConfiguration: "podSubnet: 10.50.0.0/16\\nserviceSubnet: 10.96.0.0/12\\n"}
                """);

        var found = create(
                now, "{subnet: 203.0.113.0/24, ips: [203.0.113.9], routes: [{dst: 10.50.1.0/24, gw: 203.0.113.1}]}");

        Expected.in(found, "spec.routes[0].dst", Severity.WARNING, "is within the cluster CIDR 10.50.0.0/16");
        Expected.in(found, "spec.routes[0].dst", Severity.WARNING, "instead of to their node (U18)");
    }
}
