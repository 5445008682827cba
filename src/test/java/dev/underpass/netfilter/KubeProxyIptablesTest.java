package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.IpAddress.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of a real kube-proxy in mode iptables.
class KubeProxyIptablesTest {

    private static final Ruleset NODE1 = Recorded.host("healthy.node1");

    @ParameterizedTest(name = "{0} answers {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            10.6.212.241:40000 > 10.233.42.25:80 SYN | 0 | 10.6.212.101:40000 > 10.233.84.140:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.25:80 SYN | 1 | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.26:80 SYN | 0 | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.31:80 SYN | 0 | 10.6.212.101:40000 > 10.6.212.241:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.33:80 SYN | 0 | 10.6.212.101:40000 > 10.233.84.140:8080 tcp syn NEW
            10.233.74.71:40000 > 10.233.42.26:80 SYN | 0 | 10.233.74.71:40000 > 10.233.74.70:8080 tcp syn NEW
            10.233.74.70:40000 > 10.233.42.26:80 SYN | 0 | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.84.140:8080 SYN | 0 | 10.6.212.241:40000 > 10.233.84.140:8080 tcp syn NEW
            10.6.212.241:40000 > 10.233.42.26:81 SYN | 0 | 10.6.212.241:40000 > 10.233.42.26:81 tcp syn NEW
            """)
    void translatesServicesAndMasqueradesWhatComesFromOutside(String sent, int answer, String left) {
        var node = new Simulation(NODE1, answer).masqueradingAs("10.6.212.101");

        var outcome = node.forward(packet(sent));

        assertThat(Simulation.summary(outcome)).isEqualTo(left);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            10.6.212.241:40000 > 10.233.42.28:80 SYN | icmp-port-unreachable by -A KUBE-SERVICES -d 10.233.42.28/32
            10.6.212.241:40000 > 10.233.42.29:80 SYN | dropped by -A KUBE-SERVICES -d 10.233.42.29/32
            10.233.84.140:8080 > 10.6.212.241:40000 SYN_ACK | dropped by -A KUBE-FORWARD -m conntrack --ctstate INVALID
            """)
    void discardsWhatHasNoEndpointsOrNoConnection(String sent, String by) {
        var node = new Simulation(NODE1);

        assertThat(Simulation.summary(node.forward(packet(sent)))).startsWith(by);
    }

    @Test
    void undoesBothTranslationsInAnswers() {
        var node = new Simulation(NODE1).masqueradingAs("10.6.212.101");
        node.forward(packet("10.6.212.241:40000 > 10.233.42.26:80 SYN"));

        var answer = node.forward(packet("10.233.74.70:8080 > 10.6.212.101:40000 SYN_ACK"));
        var third = node.forward(packet("10.6.212.241:40000 > 10.233.42.26:80 ACK"));

        assertThat(Simulation.summary(answer))
                .isEqualTo("10.233.42.26:80 > 10.6.212.241:40000 tcp syn_ack ESTABLISHED");
        assertThat(Simulation.summary(third)).isEqualTo("10.6.212.101:40000 > 10.233.74.70:8080 tcp ack ESTABLISHED");
        assertThat(node.filter().connections())
                .containsExactly("tcp      6 ESTABLISHED src=10.6.212.241 dst=10.233.42.26 sport=40000 dport=80 "
                        + "src=10.233.74.70 dst=10.6.212.101 sport=8080 dport=40000 [ASSURED] mark=0");
    }

    @Test
    void bringsTheRulesThatTranslatedAsEvidence() {
        var node = new Simulation(NODE1);

        var outcome = node.at(Hook.PREROUTING, Tracked.of(packet("10.6.212.241:40000 > 10.233.42.26:80 SYN")));

        assertThat(outcome.evidence())
                .containsExactly(
                        new Evidence(
                                Evidence.Step.MARK,
                                "nat",
                                "KUBE-MARK-MASQ",
                                "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
                                Phrases.MARK_BECOMES.with("0x0", "0x4000")),
                        new Evidence(
                                Evidence.Step.DNAT,
                                "nat",
                                "KUBE-SEP-5DP5TJEA365RZFAY",
                                "-A KUBE-SEP-5DP5TJEA365RZFAY -p tcp -m comment --comment \"lab/web-n1:http\""
                                        + " -m tcp -j DNAT --to-destination 10.233.74.70:8080",
                                Phrases.DESTINATION_BECOMES.with("10.233.42.26:80", "10.233.74.70:8080")));
    }

    @Test
    void keepsEveryLineForSearch() {
        assertThat(NODE1.rules(Family.IPV4))
                .extracting(Rule::text)
                .contains("-A KUBE-FORWARD -m conntrack --ctstate INVALID -m nfacct --nfacct-name "
                        + " ct_state_invalid_dropped_pkts -j DROP");
    }
}
