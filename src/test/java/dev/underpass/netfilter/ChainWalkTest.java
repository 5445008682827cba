package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.Packet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainWalkTest {

    private static final Packet SYN = packet("192.0.2.1:40000 > 198.51.100.7:80 SYN");

    /// Rules of FORWARD, of A and of B; policy DROP.
    @ParameterizedTest(name = "FORWARD {0}, A {1}, B {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            -j A; -j ACCEPT     | -j RETURN; -j DROP  |            | -A FORWARD -j ACCEPT
            -j A; -j ACCEPT     | -j DROP             |            | -A A -j DROP
            -j A; -j ACCEPT     | -j B; -j DROP       | -j RETURN  | -A A -j DROP
            -j A; -j ACCEPT     | -g B; -j DROP       | -j RETURN  | -A FORWARD -j ACCEPT
            -j A; -j ACCEPT     | -g B; -j DROP       |            | -A FORWARD -j ACCEPT
            -g A; -j ACCEPT     | -j RETURN           |            | :FORWARD DROP [0:0]
            -g A; -j ACCEPT     | -j B                | -j ACCEPT  | -A B -j ACCEPT
            -j RETURN; -j ACCEPT |                    |            | :FORWARD DROP [0:0]
            -j A; -j A; -j ACCEPT | -j RETURN         |            | -A FORWARD -j ACCEPT
                                |                     |            | :FORWARD DROP [0:0]
            """)
    void followsJumps(String forward, String a, String b, String decidedBy) {
        var outcome = new Simulation(filter(forward, a, b)).at(Hook.FORWARD, Tracked.of(SYN));

        var line = switch (outcome) {
            case HookOutcome.Accepted(var _, var evidence) -> evidence.getLast().line();
            case HookOutcome.Dropped(var _, var by, var _) -> by.line();
            case HookOutcome.Rejected(var _, var by, var _, var _) -> by.line();
        };
        assertThat(line).isEqualTo(decidedBy);
    }

    @ParameterizedTest(name = "FORWARD {0}, A {1}, B {2}")
    @CsvSource(delimiter = '|', textBlock = """
            -j A | -j A             |
            -j A | -j B             | -j A
            -g A | -g B             | -g A
            -g A | -g A             |
            -j A | -j B             | -g FORWARD
            """)
    void asksAboutJumpsThatLeadBack(String forward, String a, String b) {
        var node = new Simulation(filter(forward, a, b), 1);

        assertThat(node.at(Hook.FORWARD, Tracked.of(SYN))).isInstanceOf(HookOutcome.Dropped.class);
        assertThat(node.questions()).hasSize(1).first().asString().startsWith("UNKNOWN_RULE 2 ");
    }

    @Test
    void givesUpOnChainsThatDoubleTheirJumps() {
        var declared = IntStream.rangeClosed(0, 60)
                .mapToObj(":C%d - [0:0]\n"::formatted)
                .collect(joining());
        var jumps = IntStream.range(0, 60)
                .mapToObj(i -> "-A C%d -j C%d\n-A C%d -j C%d\n".formatted(i, i + 1, i, i + 1))
                .collect(joining());
        var node = new Simulation(
                parse("*filter\n:FORWARD ACCEPT [0:0]\n" + declared + "-A FORWARD -j C0\n" + jumps + "COMMIT\n"), 1);

        assertThat(node.at(Hook.FORWARD, Tracked.of(SYN))).isInstanceOf(HookOutcome.Dropped.class);
    }

    @Test
    void followsManyNestedChains() {
        int depth = 20_000;
        var declared = IntStream.rangeClosed(0, depth)
                .mapToObj(":C%d - [0:0]\n"::formatted)
                .collect(joining());
        var jumps = IntStream.range(0, depth)
                .mapToObj(i -> "-A C%d -j C%d\n".formatted(i, i + 1))
                .collect(joining());
        var node = new Simulation(parse("*filter\n:FORWARD ACCEPT [0:0]\n" + declared + "-A FORWARD -j C0\n" + jumps
                + "-A C" + depth + " -j DROP\nCOMMIT\n"));

        assertThat(node.at(Hook.FORWARD, Tracked.of(SYN))).isInstanceOf(HookOutcome.Dropped.class);
    }

    @Test
    void acceptEndsItsOwnTableOnly() {
        var rules = parse("""
                *mangle
                :FORWARD ACCEPT [0:0]
                -A FORWARD -j ACCEPT
                COMMIT
                *filter
                :FORWARD DROP [0:0]
                COMMIT
                """);

        assertThat(Simulation.summary(new Simulation(rules).at(Hook.FORWARD, Tracked.of(SYN))))
                .isEqualTo("dropped by :FORWARD DROP [0:0]");
    }

    @Test
    void findsRulesByDestinationInTheirOrder() {
        var services = IntStream.range(0, 1000)
                .mapToObj(i -> "-A FORWARD -d 203.0.113.%d/32 -p tcp -m tcp --dport %d -j DROP\n".formatted(i % 256, i))
                .collect(joining());
        var rules = parse("*filter\n:FORWARD ACCEPT [0:0]\n" + services
                + "-A FORWARD -s 192.0.2.9/32 -j ACCEPT\n-A FORWARD -d 203.0.113.7/32 -j REJECT\nCOMMIT\n");
        var node = new Simulation(rules);

        assertThat(Simulation.summary(node.forward(packet("192.0.2.1:1 > 203.0.113.7:263 SYN"))))
                .isEqualTo("dropped by -A FORWARD -d 203.0.113.7/32 -p tcp -m tcp --dport 263 -j DROP");
        assertThat(Simulation.summary(node.forward(packet("192.0.2.1:1 > 203.0.113.7:264 SYN"))))
                .startsWith("icmp-port-unreachable by ");
        assertThat(node.forward(packet("192.0.2.9:1 > 203.0.113.7:264 SYN"))).isInstanceOf(HookOutcome.Accepted.class);
    }

    private static Ruleset filter(String forward, String a, String b) {
        return parse("*filter\n:FORWARD DROP [0:0]\n:A - [0:0]\n:B - [0:0]\n" + rules("FORWARD", forward)
                + rules("A", a) + rules("B", b) + "COMMIT\n");
    }

    private static String rules(String chain, String rules) {
        return rules == null
                ? ""
                : java.util.Arrays.stream(rules.split("; ", -1))
                        .map(rule -> "-A " + chain + " " + rule + "\n")
                        .collect(joining());
    }

    private static Ruleset parse(String text) {
        return Ruleset.parse(text, null, null, null, null);
    }
}
