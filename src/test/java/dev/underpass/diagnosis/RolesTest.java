package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What addresses are to a Pod, on a cluster with two underlay subnets and two nodes.
class RolesTest {

    private final Analysis analysis = Analysis.of(Recordings.read("hijack-route-deleted"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lab/u2 | default via 10.7.0.1 dev net1 table 101           | default via GATEWAY-net1 dev net1 table 101
            lab/u2 | default via 10.6.0.1 dev eth0                     | default via GATEWAY-eth0 dev eth0
            lab/u2 | default via 10.7.0.254 dev net1 table 101         | default via 10.7.0.254 dev net1 table 101
            lab/u2 | 10.7.0.0/16 dev net1 src 10.7.212.242             | SUBNET-net1/16 dev net1 src POD-net1
            lab/u2 | 10.7.0.0/24 dev net1 src 10.7.212.242             | SUBNET-net1/24 dev net1 src POD-net1
            lab/u2 | broadcast 10.7.255.255 dev net1                   | broadcast BROADCAST-net1 dev net1
            lab/u2 | 10.233.0.0/18 via 10.6.212.101 dev veth0          | 10.233.0.0/18 via NODE-ADDRESS dev veth0
            lab/u2 | local 127.0.0.1 dev lo                            | local 127.0.0.1 dev lo
            lab/u2 | broadcast 127.255.255.255 dev lo                  | broadcast 127.255.255.255 dev lo
            lab/u2 | fe80::/64 dev eth0                                | fe80::/64 dev eth0
            lab/o1 | default via 169.254.1.1 dev eth0                  | default via 169.254.1.1 dev eth0
            lab/o1 | default via 10.6.0.1 dev net1 table 101           | default via GATEWAY-net1 dev net1 table 101
            """)
    void networksAreRolesAndPrefixLengthsAreNot(String pod, String line, String inRoles) {
        var roles = Roles.withNetworks(analysis, ObjectName.parse(pod));

        assertThat(roles.in(line)).isEqualTo(inRoles);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lab/u2, x/lab/u2/y and (lab/u2)   | POD, x/POD/y and (POD)
            lab/u22 lab/u2. lab lab/ u2 x.lab/u2 | lab/u22 lab/u2. lab lab/ u2 x.lab/u2
            10.6.212.101 10.6.212.101/32     | NODE-ADDRESS NODE-ADDRESS/32
            110.6.212.101 10.6.212.101.      | 110.6.212.101 10.6.212.101.
            node1 node1/node1 node11         | NODE NODE/NODE node11
            """)
    void onlyWholeWordsAreReplaced(String line, String inRoles) {
        assertThat(Roles.of(analysis, new ObjectName("lab", "u2")).in(line)).isEqualTo(inRoles);
    }

    @ParameterizedTest
    @CsvSource({"default via 10.6.0.1 dev eth0", "10.6.0.0/16 dev eth0"})
    void gatewaysAndSubnetsTellClassesOfPodsApart(String line) {
        assertThat(Roles.of(analysis, new ObjectName("lab", "u2")).in(line)).isEqualTo(line);
    }
}
