package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Packet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesetTest {

    private static final Packet SYN = packet("192.0.2.1:40000 > 198.51.100.7:80 SYN");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthy.node1",
                "healthy.node2",
                "healthy-nftables.node1",
                "healthy-nftables.node2",
                "dual-stack-nftables.node1",
                "nftables-same-subnet.node1",
                "forward-drop.node1",
                "forward-policy-drop.node1",
                "masquerade-all.node1"
            })
    void keepsEveryRuleOfARecording(String name) {
        var recorded = Recorded.of(name, "host");

        var lines = recorded.ruleset().rules(Family.IPV4).stream().map(Rule::text);

        assertThat(lines)
                .containsAll(Objects.requireNonNull(recorded.iptables())
                        .lines()
                        .filter(line -> line.startsWith("-A "))
                        .toList());
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            forward-drop.node1        | 10.6.212.241:40000 > 10.233.42.26:80 SYN  | dropped by -A FORWARD -s 10.6.212.241/32 -j DROP
            forward-policy-drop.node1 | 10.6.212.241:40000 > 10.233.84.1:80 SYN   | dropped by :FORWARD DROP [0:0]
            masquerade-all.node1      | 10.233.74.71:40000 > 10.233.42.26:80 SYN  | 10.6.212.101:40000 > 10.233.74.70:8080 tcp syn NEW
            """)
    void evaluatesRecordedStates(String name, String sent, String outcome) {
        var node = new Simulation(Recorded.host(name)).masqueradingAs("10.6.212.101");

        assertThat(Simulation.summary(node.forward(packet(sent)))).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            -A FORWARD -j DROP                    | iptables line 1: outside of a table: -A FORWARD -j DROP
            *nat\\nhello                          | iptables line 2: not a line of iptables-save: hello
            *broute                               | iptables line 1: no table of iptables: *broute
            *nat\\n-A FOO -j DROP                 | iptables line 2: chain FOO is not declared: -A FOO -j DROP
            *nat\\n:FOO                           | iptables line 2: a chain without a policy: :FOO
            *nat\\n:F - [0:0]\\n-A F -m comment --comment "open | iptables line 3: a quote is not closed: -A F -m comment --comment "open
            *nat\\n:F - [0:0]\\n-A F DROP         | iptables line 3: an option is expected at word 1: -A F DROP
            *nat\\n:F - [0:0]\\n-A F -j           | iptables line 3: -j has no argument: -A F -j
            *nat\\n:F - [0:0]\\n-I F -j DROP      | iptables line 3: not a line of iptables-save: -I F -j DROP
            *nat\\n:F - [0:0]\\n[1:2 -A F -j DROP | iptables line 3: counters without an end: [1:2 -A F -j DROP
            *nat\\n*filter                        | iptables line 2: table nat has no COMMIT: *filter
            *nat                                  | iptables line 1: table nat has no COMMIT
            """)
    void refusesTextThatIsNotIptablesSave(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ruleset.parse(text.replace("\\n", "\n"), null, null, null, null))
                .withMessage(message);
    }

    @Test
    void namesTheSectionOfAFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ruleset.parse("", "?", null, null, null))
                .withMessageStartingWith("ip6tables line 1: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ruleset.parse("", "", null, "?", null))
                .withMessageStartingWith("ip6tablesLegacy line 1: ");
    }

    static Stream<Map<String, ?>> treesThatAreNotOfNft() {
        return Stream.of(
                Map.of(),
                Map.of("nftables", "x"),
                Map.of("nftables", List.of("x")),
                Map.of("nftables", List.of(List.of())),
                Map.of("nftables", List.of(Map.of("table", Map.of()))),
                Map.of("nftables", List.of(Map.of("table", Map.of("family", 4, "name", "x")))),
                Map.of("nftables", List.of(rule("nowhere", List.of()))),
                Map.of("nftables", List.of(chain("forward", "c", Map.of("hook", "forward", "prio", "soon")))),
                Map.of("nftables", List.of(chain("x", "c", Map.of()), rule("c", "x"))));
    }

    @ParameterizedTest
    @MethodSource("treesThatAreNotOfNft")
    void refusesTreesThatAreNotOfNft(Map<String, ?> tree) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ruleset.parse(null, null, null, null, tree))
                .withMessageStartingWith("nftables");
    }

    private static Map<String, ?> chain(String table, String name, Map<String, ?> more) {
        var chain = new HashMap<String, Object>(Map.of("family", "ip", "table", table, "name", name));
        chain.putAll(more);
        return Map.of("chain", chain);
    }

    private static Map<String, ?> rule(String chain, Object expr) {
        return Map.of("rule", Map.of("family", "ip", "table", "x", "chain", chain, "expr", expr));
    }

    @Test
    void refusesFiftyMegabytesQuickly() {
        var garbage = "x".repeat(50 << 20);
        var lateGarbage = "# comment\n".repeat(5 << 20) + garbage.substring(0, 1000);

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Ruleset.parse(garbage, null, null, null, null))
                    .withMessageMatching("iptables line 1: .{0,200}");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Ruleset.parse(lateGarbage, null, null, null, null))
                    .withMessageMatching("iptables line 5242881: .{0,200}");
        });
    }

    /// Recordings with characters changed, cut out and doubled, the same on every run.
    static Stream<String> mutations() {
        var random = new Random(4093);
        var text = Objects.requireNonNull(Recorded.of("healthy.node1", "host").iptables());
        return Stream.generate(() -> {
                    var mutation = new StringBuilder(text);
                    for (int i = 0; i < 5; i++) {
                        int from = random.nextInt(mutation.length() - 20);
                        mutation.replace(
                                from, from + random.nextInt(20), text.substring(from, from + random.nextInt(3)));
                    }
                    return mutation.toString();
                })
                .limit(300);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void survivesAnyText(String text) {
        try {
            var node = new Simulation(Ruleset.parse(text, null, null, null, null));
            node.forward(packet("10.6.212.241:40000 > 10.233.42.26:80 SYN"));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("iptables line ");
        }
    }

    @Test
    void readsCounters() {
        var rules = Ruleset.parse(
                "*filter\n:FORWARD ACCEPT [12:3456]\n[7:420] -A FORWARD -j DROP\nCOMMIT\n", null, null, null, null);

        assertThat(rules.rules(Family.IPV4)).extracting(Rule::toString).containsExactly("filter: -A FORWARD -j DROP");
        assertThat(new Simulation(rules).forward(SYN)).isInstanceOf(HookOutcome.Dropped.class);
    }

    @Test
    void countsTablesOfIptablesThroughNftOnce() {
        var recorded = Recorded.of("healthy.node1", "host");
        var both = recorded.ruleset().rules(Family.IPV4).size();
        var textOnly = Ruleset.parse(recorded.iptables(), "", null, null, null)
                .rules(Family.IPV4)
                .size();

        assertThat(both).isEqualTo(textOnly);
    }

    @Test
    void evaluatesTheCopyOfNftWhereTheTextIsMissing() {
        var recorded = Recorded.of("healthy.node1", "host");
        var rules = Ruleset.parse(null, null, null, null, recorded.nftables());
        var node = new Simulation(rules);

        node.forward(packet("10.6.212.241:40000 > 10.233.42.26:80 SYN"));

        assertThat(rules.observed(Family.IPV4)).isTrue();
        assertThat(node.questions()).isNotEmpty().allMatch(question -> question.startsWith("UNKNOWN_RULE"));
    }

    @Test
    void evaluatesLegacyTablesBesideThoseOfNft() {
        var legacy = "*filter\n:FORWARD DROP [0:0]\nCOMMIT\n";
        var nft = Map.of("nftables", List.of());

        var rules = Ruleset.parse("*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n", "", legacy, "", nft);

        assertThat(new Simulation(rules).forward(SYN)).isInstanceOf(HookOutcome.Dropped.class);
    }

    @Test
    void doesNotTakeLegacyTextForTablesOfNft() {
        var text =
                "# Generated by iptables-save v1.8.9 (legacy) on Mon Nov 23\n*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n";
        var chain = Map.of(
                "family", "ip", "table", "filter", "name", "f", "type", "filter", "hook", "forward", "prio", 0,
                "policy", "drop");

        var rules = Ruleset.parse(text, "", null, null, Map.of("nftables", List.of(Map.of("chain", chain))));

        assertThat(Simulation.summary(new Simulation(rules).forward(SYN)))
                .isEqualTo("dropped by type filter hook forward priority 0; policy drop;");
    }

    @Test
    void saysWhatWasObserved() {
        var nothing = Ruleset.parse(null, null, null, null, null);
        var textOnly = Ruleset.parse("", null, null, null, null);

        assertThat(nothing.observed(Family.IPV4)).isFalse();
        assertThat(nothing.nativeTablesObserved()).isFalse();
        assertThat(textOnly.observed(Family.IPV4)).isTrue();
        assertThat(textOnly.observed(Family.IPV6)).isFalse();
        assertThat(textOnly.nativeTablesObserved()).isFalse();
        assertThat(Ruleset.empty().observed(Family.IPV6)).isTrue();
        assertThat(Ruleset.empty().nativeTablesObserved()).isTrue();
        assertThat(Ruleset.empty().rules(Family.IPV4)).isEmpty();
    }
}
