package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.DeviceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IptablesMatchesTest {

    private static final String SYN = "192.0.2.1:40000 > 198.51.100.7:80 SYN";
    private static final String UDP = "192.0.2.1:40000 > 198.51.100.7:53 DATAGRAM";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -s 192.0.2.0/24                                   | yes
            ! -s 192.0.2.0/24                                 | no
            -s 192.0.2.9/255.255.255.0                        | yes
            -s 192.0.0.1/255.255.0.255                        | yes
            -s 192.0.0.2/255.255.0.255                        | no
            -d 198.51.100.7/32                                | yes
            ! -d 198.51.100.7/32                              | no
            -d 198.51.100.7/32 -d 198.51.100.8/32             | no
            -i veth1                                          | yes
            -i veth+                                          | yes
            ! -i veth+                                        | no
            -i eth0                                           | no
            -o eth0                                           | yes
            -o +                                              | yes
            -p tcp                                            | yes
            -p 6                                              | yes
            ! -p tcp                                          | no
            -p udp                                            | no
            -p icmp -m icmp --icmp-type 8                     | no
            -p all                                            | yes
            -f                                                | no
            -p tcp -m tcp --dport 80                          | yes
            -p tcp -m tcp ! --dport 80                        | no
            -p tcp -m tcp --dport 79:81                       | yes
            -p tcp -m tcp --dport 81:                         | no
            -p tcp -m tcp --sport :40000                      | yes
            -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN     | yes
            -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN   | no
            -p tcp -m tcp --tcp-flags ALL NONE                | no
            -p tcp -m tcp --tcp-option 8                      | unknown
            -p tcp -m multiport --dports 79,80                | yes
            -p tcp -m multiport ! --dports 79,80              | no
            -p tcp -m multiport --dports 1:79,81:90           | no
            -p tcp -m multiport --ports 40000                 | yes
            -m mark --mark 0x0                                | yes
            -m mark ! --mark 0x4000/0x4000                    | yes
            -m mark --mark 0x0/0x4000                         | yes
            -m connmark --mark 0x1                            | no
            -m conntrack --ctstate NEW                        | yes
            -m conntrack ! --ctstate NEW                      | no
            -m conntrack --ctstate RELATED,ESTABLISHED        | no
            -m conntrack --ctstate INVALID,UNTRACKED          | no
            -m conntrack --ctstate DNAT                       | no
            -m conntrack ! --ctstate DNAT,SNAT                | yes
            -m conntrack --ctproto tcp                        | yes
            -m conntrack --ctorigdst 198.51.100.0/24          | yes
            -m conntrack --ctorigsrc 198.51.100.0/24          | no
            -m conntrack --ctreplsrc 198.51.100.7             | yes
            -m conntrack --ctorigdstport 80                   | yes
            -m conntrack --ctdir REPLY                        | no
            -m conntrack --ctstatus NONE                      | no
            -m conntrack --ctstatus SEEN_REPLY,ASSURED        | no
            -m conntrack --ctexpire 100                       | unknown
            -m state --state NEW                              | yes
            -m addrtype --dst-type LOCAL                      | no
            -m addrtype ! --dst-type LOCAL                    | yes
            -m addrtype --src-type UNICAST,LOCAL              | yes
            -m iprange --src-range 192.0.2.1-192.0.2.9        | yes
            -m iprange ! --dst-range 192.0.2.1-192.0.2.9      | yes
            -m comment --comment "-j ACCEPT \\"quoted\\""     | yes
            -m comment --comment -j                           | yes
            -m nfacct --nfacct-name  counted                  | yes
            -m limit --limit 5/min                            | yes
            -m hashlimit --hashlimit-above 5/min --hashlimit-name x | no
            -m connlimit --connlimit-upto 4 --connlimit-mask 32 --connlimit-saddr | yes
            -m recent --rcheck --seconds 10 --name x --rsource | no
            -m recent --set --name x --rsource                | yes
            -m statistic --mode random --probability 0.5      | chance
            -m statistic --mode random --probability 1        | yes
            -m statistic --mode nth --every 3 --packet 0      | chance
            -m set --match-set blocked src                    | unknown
            -m set ! --match-set blocked src                  | unknown
            -m owner --uid-owner 0                            | unknown
            -m bpf --bytecode "4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0" | unknown
            -m physdev --physdev-is-bridged                   | unknown
            -m socket                                         | unknown
            -s 203.0.113.1/32 -m set --match-set blocked src  | no
            -m set --match-set blocked src -p udp             | no
            -p tcp -m tcp --dport http                        | unknown
            -s 2001:db8::1/128                                | unknown
            """)
    void matches(String match, String expected) {
        assertThat(answer(match, SYN)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            -p udp -m udp --dport 53     | yes
            -p tcp -m tcp --dport 53     | no
            -m udp ! --dport 53          | no
            -m tcp ! --dport 53          | no
            """)
    void matchesDatagrams(String match, String expected) {
        assertThat(answer(match, UDP)).isEqualTo(expected);
    }

    /// Whether a rule drops the packet, and if that is open, why.
    private static String answer(String match, String sent) {
        var rules = "*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD " + match + " -j DROP\nCOMMIT\n";
        var node = new Simulation(Ruleset.parse(rules, null, null, null, null));
        var outcome = node.forward(packet(sent));
        if (!node.questions().isEmpty()) {
            return node.questions().getFirst().startsWith("BACKEND") ? "chance" : "unknown";
        }
        return outcome instanceof HookOutcome.Dropped ? "yes" : "no";
    }

    @Test
    void anUnknownMatchDecidesAsTheCallerChooses() {
        var rules = Ruleset.parse(
                "*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m set --match-set x src -j DROP\nCOMMIT\n",
                null,
                null,
                null,
                null);

        assertThat(new Simulation(rules, 0).forward(packet(SYN))).isInstanceOf(HookOutcome.Accepted.class);
        assertThat(new Simulation(rules, 1).forward(packet(SYN))).isInstanceOf(HookOutcome.Dropped.class);
    }

    @Test
    void limitsTheLocalTypeToADevice() {
        var rules = Ruleset.parse("""
                *filter
                :INPUT ACCEPT [0:0]
                -A INPUT -m addrtype --dst-type LOCAL --limit-iface-in -j DROP
                COMMIT
                """, null, null, null, null);
        var toNode = Tracked.of(packet("192.0.2.1:40000 > 10.6.212.101:80 SYN"));

        var onItsDevice = new Simulation(rules).at(Hook.INPUT, toNode, Simulation.OUT, Simulation.OUT);
        var onAnother = new Simulation(rules).at(Hook.INPUT, toNode, new DeviceName("net1"), Simulation.OUT);

        assertThat(onItsDevice).isInstanceOf(HookOutcome.Dropped.class);
        assertThat(onAnother).isInstanceOf(HookOutcome.Accepted.class);
    }

    @Test
    void saysWhatItTookForGranted() {
        var rules = Ruleset.parse("""
                *filter
                :FORWARD ACCEPT [0:0]
                -A FORWARD -m recent --rcheck --name x --rsource -j DROP
                -A FORWARD -m limit --limit 1/sec -j ACCEPT
                COMMIT
                """, null, null, null, null);

        var outcome = new Simulation(rules).at(Hook.FORWARD, Tracked.of(packet(SYN)));

        assertThat(outcome.evidence())
                .extracting(evidence -> evidence.detail().toString())
                .containsExactly(
                        "does not match; the client is taken as new to the list of recent addresses",
                        "ACCEPT 192.0.2.1:40000 > 198.51.100.7:80 tcp syn; its limit is taken as not reached");
    }
}
