package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IptablesTargetsTest {

    private static final Packet SYN = packet("192.0.2.1:40000 > 198.51.100.7:80 SYN");

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(delimiter = '|', textBlock = """
            --set-xmark 0x4000/0x4000     | 0x1    | 0x4001
            --set-xmark 0x4000/0x0        | 0x4001 | 0x1
            --set-xmark 0x1/0xffffffff    | 0xff00 | 0x1
            --set-mark 0x1                | 0xff00 | 0x1
            --set-mark 0x10/0xf0          | 0xff   | 0x1f
            --and-mark 0xf0               | 0xff   | 0xf0
            --or-mark 0xf00               | 0xff   | 0xfff
            --xor-mark 0xff               | 0xf0   | 0xf
            """)
    void setsTheMark(String option, String before, String after) {
        var rules = table("mangle", "PREROUTING", "-j MARK " + option);

        var tracked = Simulation.accepted(
                new Simulation(rules).at(Hook.PREROUTING, Tracked.of(SYN.withMark(Integer.decode(before)))));

        assertThat(tracked.packet().mark()).isEqualTo(Integer.decode(after));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            PREROUTING  | -j DNAT --to-destination 203.0.113.9                      | 192.0.2.1:40000 > 203.0.113.9:80 tcp syn NEW
            PREROUTING  | -p tcp -j DNAT --to-destination 203.0.113.9:8080          | 192.0.2.1:40000 > 203.0.113.9:8080 tcp syn NEW
            PREROUTING  | -p tcp -j DNAT --to-destination :8080                     | 192.0.2.1:40000 > 198.51.100.7:8080 tcp syn NEW
            PREROUTING  | -p tcp -j DNAT --to-destination 203.0.113.9:70-90         | 192.0.2.1:40000 > 203.0.113.9:80 tcp syn NEW
            PREROUTING  | -p tcp -j DNAT --to-destination 203.0.113.9:8000-8010     | 192.0.2.1:40000 > 203.0.113.9:8000 tcp syn NEW
            PREROUTING  | -j DNAT --to-destination 203.0.113.9-203.0.113.11         | 192.0.2.1:40000 > 203.0.113.10:80 tcp syn NEW
            PREROUTING  | -p tcp -j REDIRECT --to-ports 8080                        | 192.0.2.1:40000 > 10.6.212.101:8080 tcp syn NEW
            PREROUTING  | -j NETMAP --to 203.0.113.0/24                             | 192.0.2.1:40000 > 203.0.113.7:80 tcp syn NEW
            OUTPUT      | -p tcp -j REDIRECT --to-ports 8080                        | 192.0.2.1:40000 > 127.0.0.1:8080 tcp syn NEW
            POSTROUTING | -j SNAT --to-source 203.0.113.9                           | 203.0.113.9:40000 > 198.51.100.7:80 tcp syn NEW
            POSTROUTING | -p tcp -j SNAT --to-source 203.0.113.9:1024-2000          | 203.0.113.9:1024 > 198.51.100.7:80 tcp syn NEW
            POSTROUTING | -j MASQUERADE --random-fully                              | 10.6.212.101:40000 > 198.51.100.7:80 tcp syn NEW
            POSTROUTING | -p tcp -j MASQUERADE --to-ports 1024-1025                 | 10.6.212.101:1024 > 198.51.100.7:80 tcp syn NEW
            INPUT       | -j SNAT --to-source 203.0.113.9                           | 203.0.113.9:40000 > 198.51.100.7:80 tcp syn NEW
            """)
    void translates(String chain, String rule, String left) {
        var node = new Simulation(table("nat", chain, rule), 1).masqueradingAs("10.6.212.101");
        var hook = Hook.valueOf(chain);
        boolean first = hook == Hook.PREROUTING || hook == Hook.OUTPUT;

        var tracked = first ? Tracked.of(SYN) : Simulation.accepted(node.at(Hook.PREROUTING, Tracked.of(SYN)));

        assertThat(Simulation.summary(node.at(hook, tracked))).isEqualTo(left);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            -j ACCEPT                                   | 192.0.2.1:40000 > 198.51.100.7:80 tcp syn NEW
            -j DROP                                     | dropped by -A FORWARD -j DROP
            -j REJECT                                   | icmp-port-unreachable by -A FORWARD -j REJECT
            -p tcp -j REJECT --reject-with tcp-reset    | tcp-reset by -A FORWARD -p tcp -j REJECT --reject-with tcp-reset
            -j RETURN                                   | dropped by :FORWARD DROP [0:0]
            -j LOG --log-prefix "-j ACCEPT"             | dropped by :FORWARD DROP [0:0]
            -j NFLOG --nflog-group 1                    | dropped by :FORWARD DROP [0:0]
            -j TRACE                                    | dropped by :FORWARD DROP [0:0]
            -m comment --comment "counts only"          | dropped by :FORWARD DROP [0:0]
            """)
    void decides(String rule, String outcome) {
        var text = "*filter\n:FORWARD DROP [0:0]\n-A FORWARD " + rule + "\nCOMMIT\n";
        var rules = Ruleset.parse(text, null, null, null, null);

        assertThat(Simulation.summary(new Simulation(rules).forward(SYN))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            -j NFQUEUE --queue-num 0
            -j TPROXY --on-port 1
            -j FROBNICATE
            -j CT --zone 7
            -j MARK --set-xmark nonsense
            """)
    void asksAboutTargetsItCannotFollow(String rule) {
        var passing = new Simulation(table("mangle", "FORWARD", rule), 0);
        var failing = new Simulation(table("mangle", "FORWARD", rule), 1);

        assertThat(passing.forward(SYN)).isInstanceOf(HookOutcome.Accepted.class);
        assertThat(failing.forward(SYN)).isInstanceOf(HookOutcome.Dropped.class);
        assertThat(failing.questions()).containsExactly("UNKNOWN_RULE 2 -A FORWARD " + rule);
    }

    @Test
    void masqueradeWithoutAKnownSourceIsUnknown() {
        var node = new Simulation(table("nat", "POSTROUTING", "-j MASQUERADE"), 1);

        assertThat(node.forward(SYN)).isInstanceOf(HookOutcome.Dropped.class);
        assertThat(node.questions()).containsExactly("UNKNOWN_RULE 2 -A POSTROUTING -j MASQUERADE");
    }

    @Test
    void untrackedPacketsAreNotTranslated() {
        var rules = Ruleset.parse("""
                *raw
                :PREROUTING ACCEPT [0:0]
                -A PREROUTING -j CT --notrack
                COMMIT
                *nat
                :PREROUTING ACCEPT [0:0]
                -A PREROUTING -j DNAT --to-destination 203.0.113.9
                COMMIT
                """, null, null, null, null);

        var outcome = new Simulation(rules).forward(SYN);

        assertThat(Simulation.summary(outcome)).isEqualTo("192.0.2.1:40000 > 198.51.100.7:80 tcp syn UNTRACKED");
    }

    private static Ruleset table(String table, String chain, String rule) {
        var text = "*%s\n:%s ACCEPT [0:0]\n-A %s %s\nCOMMIT\n".formatted(table, chain, chain, rule);
        return Ruleset.parse(text, null, null, null, null);
    }
}
