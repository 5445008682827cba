package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.IpAddress.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tables of a real kube-proxy in mode nftables.
class KubeProxyNftablesTest {

    private static final Ruleset NODE1 = Recorded.host("healthy-nftables.node1");
    private static final Ruleset SAME_SUBNET = Recorded.host("nftables-same-subnet.node1");
    private static final Ruleset DUAL_STACK = Recorded.host("dual-stack-nftables.node1");

    @ParameterizedTest(name = "{0} answers {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            10.6.212.241:40000 > 10.233.42.25:80 SYN | 0 | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.25:80 SYN | 1 | 10.6.212.101:40000 > 10.233.84.140:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.26:80 SYN | 0 | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.31:80 SYN | 0 | 10.6.212.101:40000 > 10.6.212.241:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.33:80 SYN | 0 | 10.6.212.101:40000 > 10.233.84.140:8080 tcp syn NEW
            10.233.74.71:40000 > 10.233.42.26:80 SYN | 0 | 10.233.74.71:40000 > 10.233.74.70:8080 tcp syn NEW
            10.233.74.70:40000 > 10.233.42.26:80 SYN | 0 | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.84.140:8080 SYN | 0 | 10.6.212.241:40000 > 10.233.84.140:8080 tcp syn NEW
            """)
    void translatesServicesAndMasqueradesWhatComesFromOutside(String sent, int answer, String left) {
        var node = new Simulation(NODE1, answer).masqueradingAs("10.6.212.101");

        assertThat(Simulation.summary(node.forward(packet(sent)))).isEqualTo(left);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            10.6.212.241:40000 > 10.233.42.28:80 SYN    | icmp-port-unreachable by reject with icmp port-unreachable
            10.6.212.241:40000 > 10.233.42.26:81 SYN    | icmp-port-unreachable by ip daddr @cluster-ips reject with icmp port-unreachable comment "Reject traffic to invalid ports of ClusterIPs"
            10.6.212.241:40000 > 10.233.42.29:80 SYN    | dropped by ip daddr . meta l4proto . th dport vmap @no-endpoint-services
            10.6.212.241:40000 > 10.233.42.200:80 SYN   | dropped by ip daddr 10.233.0.0/18 drop comment "Drop traffic to unallocated ClusterIPs"
            10.233.84.140:8080 > 10.6.212.241:40000 SYN_ACK | 10.233.84.140:8080 > 10.6.212.241:40000 tcp syn_ack INVALID
            """)
    void discardsWhatHasNoEndpoints(String sent, String outcome) {
        assertThat(Simulation.summary(new Simulation(NODE1).forward(packet(sent))))
                .isEqualTo(outcome);
    }

    @Test
    void leavesPodsOfTheClusterSubnetTheirAddress() {
        var node = new Simulation(SAME_SUBNET);

        var outcome = node.forward(packet("10.6.212.241:40000 > 10.233.42.26:80 SYN"));

        assertThat(Simulation.summary(outcome)).isEqualTo("10.6.212.241:40000 > 10.233.74.70:8080 tcp syn NEW");
    }

    @Test
    void translatesBothFamilies() {
        var node = new Simulation(DUAL_STACK).masqueradingAs("fd00:10:6::101");

        var outcome = node.forward(packet("fd00:10:6::243:40000 > fd00:10:233::4226:80 SYN"));

        assertThat(Simulation.summary(outcome))
                .isEqualTo("[fd00:10:6::101]:40000 > [fd00:10:233:64::1:70]:8080 tcp syn NEW");
    }

    @Test
    void asksForABackendOncePerDistinctResult() {
        var node = new Simulation(NODE1);

        node.forward(packet("10.6.212.241:40000 > 10.233.42.25:80 SYN"));

        assertThat(node.questions())
                .containsExactly(
                        "BACKEND 2 meta l4proto tcp dnat ip to numgen random mod 2 map"
                                + " { 0 : 10.233.74.70 . 8080, 1 : 10.233.84.140 . 8080 }",
                        "UNKNOWN_RULE 2 meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random");
    }

    @Test
    void writesRulesInTheNotationOfNft() {
        assertThat(NODE1.rules(Family.IPV4))
                .extracting(Rule::text)
                .contains(
                        "ct state new jump service-endpoints-check",
                        "ip daddr @cluster-ips ip saddr != 10.233.64.0/18 meta mark set meta mark | 0x00004000"
                                + " comment \"masquerade clusterIP traffic from outside cluster\"",
                        "ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections"
                                + " masquerade fully-random",
                        "update @affinity-CJR3WTVK-lab/sticky/tcp/http__10.233.84.140/8080 { ip saddr }",
                        "ip saddr @affinity-CJR3WTVK-lab/sticky/tcp/http__10.233.84.140/8080"
                                + " goto endpoint-CJR3WTVK-lab/sticky/tcp/http__10.233.84.140/8080");
    }
}
