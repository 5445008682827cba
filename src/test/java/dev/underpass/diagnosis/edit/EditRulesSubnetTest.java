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

class EditRulesSubnetTest {

    private static final String KIND = "SpiderSubnet";

    /// A SpiderSubnet with a pool cut from it, whose first address a Pod has.
    private static ClusterSnapshot now() {
        return Clusters.of("""
                kind: SpiderSubnet
                metadata: {name: lan}
                spec: {subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.99], gateway: 192.0.2.1}
                ---
                kind: SpiderIPPool
                metadata: {name: lan-pool}
                spec: {subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.19]}
                ---
                kind: SpiderIPPool
                metadata: {name: odd-pool}
                spec: {subnet: 198.51.100.0/25, ips: [198.51.100.9]}
                ---
                kind: SpiderSubnet
                metadata: {name: unused}
                spec: {subnet: 203.0.113.0/25, ips: [203.0.113.9]}
                ---
                kind: SpiderEndpoint
                metadata: {name: web-1, namespace: web}
                status: {current: {ips: [{interface: eth0, ipv4: 203.0.113.9/25, ipv4Pool: gone-pool}]}}
                """);
    }

    private static List<FieldProblem> create(String spec) {
        return EditRules.problems(now(), Clusters.edit(CREATE, KIND, "other", spec));
    }

    private static List<FieldProblem> update(String spec) {
        return EditRules.problems(now(), Clusters.edit(UPDATE, KIND, "lan", spec));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{subnet: 203.0.113.128/25, ips: [203.0.113.130-203.0.113.140], gateway: 203.0.113.129}",
                "{subnet: '2001:db8:7::/64', ips: ['2001:db8:7::10-2001:db8:7::ff'], ipVersion: 6}",
                "{subnet: 10.6.0.0/16, ips: [10.6.1.1-10.6.1.99], routes: [{dst: 172.16.0.0/12, gw: 10.6.0.1}]}",
            })
    void letsGoodSubnetsPass(String spec) {
        assertThat(create(spec)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {ips: [192.0.2.30]}                                          | spec.subnet        | REFUSED | is missing
            {subnet: 10.6.1.0/16}                                        | spec.subnet        | REFUSED | write 10.6.0.0/16
            {subnet: 10.6.0.0/16, default: true}                         | spec.default       | REFUSED | unknown field 'default'
            {subnet: 10.6.0.0/16, ips: [10.7.0.1]}                       | spec.ips[0]        | REFUSED | not within the subnet
            {subnet: 10.6.0.0/16, excludeIPs: ['2001:db8::1']}           | spec.excludeIPs[0] | REFUSED | is IPv6
            {subnet: 10.6.0.0/16, ips: [10.6.0.1-10.6.0.9], gateway: 10.6.0.1} | spec.ips[0]  | REFUSED | has the gateway 10.6.0.1
            {subnet: 10.6.0.0/16, ips: []}                               | spec.ips           | WARNING | no pool can be cut from it
            {subnet: 10.6.0.0/16, routes: [{dst: 0.0.0.0/0, gw: 10.6.0.1}]} | spec.routes[0].dst | REFUSED | give the gateway in spec.gateway
            {subnet: 192.0.2.128/25, ips: [192.0.2.130]}                 | spec.subnet        | REFUSED | overlaps 192.0.2.0/24 of SpiderSubnet lan
            {subnet: 198.51.100.0/24, ips: [198.51.100.9]}               | spec.subnet        | REFUSED | overlaps 198.51.100.0/25 of SpiderIPPool odd-pool
            {subnet: 198.51.100.0/25, ips: [198.51.100.10]}              | spec.ips           | REFUSED | lacks 198.51.100.9, which SpiderIPPool odd-pool has
            """)
    void findsWhatIsWrongWithASubnet(String spec, String field, Severity severity, String piece) {
        Expected.in(create(spec), field, severity, piece);
    }

    @Test
    void doesNotShrinkBelowWhatItsPoolsHave() {
        assertThat(update("{subnet: 192.0.2.0/24, ips: [192.0.2.10-192.0.2.19], gateway: 192.0.2.1}"))
                .isEmpty();
        Expected.in(
                update("{subnet: 192.0.2.0/24, ips: [192.0.2.15-192.0.2.99]}"),
                "spec.ips",
                Severity.REFUSED,
                "lacks 192.0.2.10-192.0.2.14, which SpiderIPPool lan-pool has");
        Expected.in(
                update("{subnet: 10.6.0.0/16, ips: [10.6.0.9]}"), "spec.subnet", Severity.REFUSED, "cannot be changed");
    }

    @Test
    void isNotDeletedWhilePoolsAreCutFromIt() {
        var used = EditRules.problems(now(), Clusters.edit(DELETE, KIND, "lan", "{}"));
        var unused = EditRules.problems(now(), Clusters.edit(DELETE, KIND, "unused", "{}"));

        Expected.in(used, "-", Severity.REFUSED, "are cut from it: lan-pool");
        Expected.in(unused, "-", Severity.WARNING, "203.0.113.9 of Pod web/web-1");
    }

    @Test
    void aPoolHasTheSubnetAndTheAddressesOfItsSpiderSubnet() {
        var outside = "{subnet: 192.0.2.0/24, ips: [192.0.2.95-192.0.2.105]}";
        var across = "{subnet: 203.0.113.0/24, ips: [203.0.113.200]}";
        var orphan = "{subnet: 10.6.0.0/16, ips: [10.6.0.9]}";

        Expected.in(
                pool(outside),
                "spec.ips",
                Severity.REFUSED,
                "has 192.0.2.100-192.0.2.105, which SpiderSubnet lan has not");
        Expected.in(pool(across), "spec.subnet", Severity.REFUSED, "overlaps 203.0.113.0/25 of SpiderSubnet unused");
        Expected.in(pool(orphan), "spec.subnet", Severity.WARNING, "no SpiderSubnet has the subnet 10.6.0.0/16");
        assertThat(pool("{subnet: 192.0.2.0/24, ips: [192.0.2.30]}")).isEmpty();
    }

    private static List<FieldProblem> pool(String spec) {
        return EditRules.problems(now(), Clusters.edit(CREATE, "SpiderIPPool", "new-pool", spec));
    }

    @Test
    void saysThatPoolsCouldNotBeRead() {
        var now = now().withUnobserved(Set.of(Known.POOLS));

        Expected.in(
                EditRules.problems(now, Clusters.edit(DELETE, KIND, "lan", "{}")),
                "-",
                Severity.WARNING,
                "not checked whether a pool is cut from it");
        Expected.in(
                EditRules.problems(now, Clusters.edit(UPDATE, KIND, "lan", "{subnet: 192.0.2.0/24}")),
                "spec.ips",
                Severity.WARNING,
                "not checked whether pools have addresses");
        Expected.in(
                EditRules.problems(
                        now().withUnobserved(Set.of(Known.SUBNETS)),
                        Clusters.edit(UPDATE, KIND, "lan", "{subnet: 192.0.2.0/24}")),
                "spec.subnet",
                Severity.WARNING,
                "not checked whether another SpiderSubnet overlaps it");
    }
}
