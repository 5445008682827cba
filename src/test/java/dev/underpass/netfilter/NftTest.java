package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class NftTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SYN = "192.0.2.1:40000 > 198.51.100.7:80 SYN";

    private static final String SETS = """
            {"set": {"family": "inet", "table": "t", "name": "ports", "type": "inet_service", "elem": [22, {"range": [80, 90]}]}},
            {"set": {"family": "inet", "table": "t", "name": "nets", "type": "ipv4_addr", "flags": ["interval"],
              "elem": [{"prefix": {"addr": "198.51.100.0", "len": 24}}, {"range": ["203.0.113.1", "203.0.113.9"]}]}},
            {"set": {"family": "inet", "table": "t", "name": "seen", "type": "ipv4_addr", "flags": ["dynamic", "timeout"],
              "elem": [{"elem": {"val": "192.0.2.1", "timeout": 60, "expires": 59}}]}},
            {"set": {"family": "inet", "table": "t", "name": "pairs", "type": ["ipv4_addr", "inet_proto", "inet_service"],
              "elem": [{"concat": [{"prefix": {"addr": "198.51.100.0", "len": 24}}, "tcp", {"range": [1, 100]}]}]}},
            {"map": {"family": "inet", "table": "t", "name": "verdicts", "type": ["inet_proto", "inet_service"], "map": "verdict",
              "elem": [[{"concat": ["tcp", 80]}, {"drop": null}], [{"elem": {"val": {"concat": ["tcp", 81]}, "comment": "x"}}, {"accept": null}]]}},
            {"chain": {"family": "inet", "table": "t", "name": "dropping"}},
            {"rule": {"family": "inet", "table": "t", "chain": "dropping", "expr": [{"drop": null}]}},
            """;

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "192.0.2.1"}} ; ip saddr 192.0.2.1 ; yes
            {"match": {"op": "!=", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "192.0.2.1"}} ; ip saddr != 192.0.2.1 ; no
            {"match": {"op": "!=", "left": {"payload": {"protocol": "ip6", "field": "saddr"}}, "right": "::1"}} ; ip6 saddr != ::1 ; no
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": {"prefix": {"addr": "198.51.0.0", "len": 16}}}} ; ip daddr 198.51.0.0/16 ; yes
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@nets"}} ; ip daddr @nets ; yes
            {"match": {"op": "!=", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@nets"}} ; ip saddr != @nets ; yes
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@seen"}} ; ip saddr @seen ; chance
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@seen"}} ; ip daddr @seen ; no
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@none"}} ; ip daddr @none ; unknown
            {"match": {"op": "==", "left": {"&": [{"payload": {"protocol": "ip", "field": "saddr"}}, "255.255.0.0"]}, "right": "192.0.0.0"}} ; ip saddr & 255.255.0.0 192.0.0.0 ; yes
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "protocol"}}, "right": "tcp"}} ; ip protocol tcp ; yes
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "protocol"}}, "right": 17}} ; ip protocol 17 ; no
            {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": "@ports"}} ; tcp dport @ports ; yes
            {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [22, {"range": [70, 79]}]}}} ; tcp dport { 22, 70-79 } ; no
            {"match": {"op": "!=", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": 53}} ; udp dport != 53 ; no
            {"match": {"op": "<", "left": {"payload": {"protocol": "th", "field": "dport"}}, "right": 80}} ; th dport < 80 ; no
            {"match": {"op": ">=", "left": {"payload": {"protocol": "th", "field": "dport"}}, "right": 80}} ; th dport >= 80 ; yes
            {"match": {"op": "==", "left": {"payload": {"base": "th", "offset": 16, "len": 16}}, "right": 80}} ; @th,16,16 80 ; yes
            {"match": {"op": "in", "left": {"payload": {"protocol": "tcp", "field": "flags"}}, "right": "syn"}} ; tcp flags syn ; yes
            {"match": {"op": "==", "left": {"&": [{"payload": {"protocol": "tcp", "field": "flags"}}, {"|": ["fin", "syn", "rst", "ack"]}]}, "right": "syn"}} ; tcp flags & fin | syn | rst | ack syn ; yes
            {"match": {"op": "==", "left": {"payload": {"protocol": "icmp", "field": "type"}}, "right": "echo-request"}} ; icmp type echo-request ; no
            {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "ttl"}}, "right": 64}} ; ip ttl 64 ; unknown
            {"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": {"set": ["tcp", "udp"]}}} ; meta l4proto { tcp, udp } ; yes
            {"match": {"op": "==", "left": {"meta": {"key": "nfproto"}}, "right": "ipv4"}} ; meta nfproto ipv4 ; yes
            {"match": {"op": "==", "left": {"meta": {"key": "protocol"}}, "right": "ip6"}} ; meta protocol ip6 ; no
            {"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "veth*"}} ; iifname veth* ; yes
            {"match": {"op": "==", "left": {"meta": {"key": "oif"}}, "right": "lo"}} ; oif lo ; no
            {"match": {"op": "!=", "left": {"&": [{"meta": {"key": "mark"}}, 16384]}, "right": 0}} ; meta mark & 0x00004000 != 0x00000000 ; no
            {"match": {"op": "==", "left": {"meta": {"key": "skuid"}}, "right": 0}} ; meta skuid 0 ; unknown
            {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "new"]}} ; ct state established,new ; yes
            {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": "invalid"}} ; ct state invalid ; no
            {"match": {"op": "!", "left": {"ct": {"key": "state"}}, "right": "new"}} ; ct state ! new ; no
            {"match": {"op": "==", "left": {"ct": {"key": "state"}}, "right": {"set": ["new", "established"]}}} ; ct state { new, established } ; yes
            {"match": {"op": "in", "left": {"ct": {"key": "status"}}, "right": "dnat"}} ; ct status dnat ; no
            {"match": {"op": "==", "left": {"ct": {"key": "direction"}}, "right": "original"}} ; ct direction original ; yes
            {"match": {"op": "==", "left": {"ct": {"key": "ip daddr", "dir": "original"}}, "right": "198.51.100.7"}} ; ct original ip daddr 198.51.100.7 ; yes
            {"match": {"op": "==", "left": {"ct": {"key": "proto-dst", "dir": "original"}}, "right": 80}} ; ct original proto-dst 80 ; yes
            {"match": {"op": "==", "left": {"ct": {"key": "mark"}}, "right": 0}} ; ct mark 0x00000000 ; yes
            {"match": {"op": "==", "left": {"fib": {"result": "type", "flags": ["daddr"]}}, "right": "local"}} ; fib daddr type local ; no
            {"match": {"op": "==", "left": {"fib": {"result": "type", "flags": ["daddr", "iif"]}}, "right": "unicast"}} ; fib daddr . iif type unicast ; yes
            {"match": {"op": "==", "left": {"fib": {"result": "oif", "flags": ["saddr", "iif"]}}, "right": 0}} ; fib saddr . iif oif 0 ; unknown
            {"match": {"op": "==", "left": {"numgen": {"mode": "random", "mod": 2, "offset": 0}}, "right": 0}} ; numgen random mod 2 0 ; chance
            {"match": {"op": "<", "left": {"numgen": {"mode": "inc", "mod": 10, "offset": 0}}, "right": 10}} ; numgen inc mod 10 < 10 ; yes
            {"match": {"op": "==", "left": {"concat": [{"payload": {"protocol": "ip", "field": "daddr"}}, {"meta": {"key": "l4proto"}}, {"payload": {"protocol": "th", "field": "dport"}}]}, "right": "@pairs"}} ; ip daddr . meta l4proto . th dport @pairs ; yes
            {"match": {"op": "==", "left": {"wonder": {}}, "right": 1}} ; wonder 1 ; unknown
            {"limit": {"rate": 5, "burst": 5, "per": "second"}} ; limit rate 5/second ; yes
            {"limit": {"rate": 5, "burst": 5, "per": "second", "inv": true}} ; limit rate over 5/second ; no
            {"xt": {"type": "match", "name": "conntrack"}} ; xt match conntrack ; unknown
            {"xt": {"type": "match", "name": "comment"}} ; xt match comment ; yes
            {"counter": {"packets": 1, "bytes": 2}} ; counter ; yes
            {"counter": "named"} ; counter ; yes
            {"log": {"prefix": "x"}} ; log prefix "x" ; yes
            {"wonder": 1} ; wonder 1 ; unknown
            """)
    void matches(String expression, String text, String expected) {
        var rules = table(SETS + base("filter", "forward", 0), expression + ", {\"drop\": null}");
        var node = new Simulation(rules);

        var outcome = node.forward(packet(SYN));

        assertThat(rules.rules(Family.IPV4)).extracting(Rule::text).contains(text + " drop");
        assertThat(answer(node, outcome)).isEqualTo(expected);
    }

    private static String answer(Simulation node, HookOutcome outcome) {
        if (!node.questions().isEmpty()) {
            return node.questions().getFirst().startsWith("BACKEND") ? "chance" : "unknown";
        }
        return outcome instanceof HookOutcome.Dropped ? "yes" : "no";
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"drop": null} ; drop ; dropped
            {"accept": null} ; accept ; 192.0.2.1:40000 > 198.51.100.7:80 tcp syn NEW
            {"jump": {"target": "dropping"}} ; jump dropping ; dropped
            {"goto": {"target": "dropping"}} ; goto dropping ; dropped
            {"return": null}, {"drop": null} ; return drop ; 192.0.2.1:40000 > 198.51.100.7:80 tcp syn NEW
            {"reject": null} ; reject ; icmp-port-unreachable
            {"reject": {"type": "tcp reset"}} ; reject with tcp reset ; tcp-reset
            {"reject": {"type": "icmpx", "expr": "admin-prohibited"}} ; reject with icmpx admin-prohibited ; icmp-admin-prohibited
            {"vmap": {"key": {"concat": [{"meta": {"key": "l4proto"}}, {"payload": {"protocol": "th", "field": "dport"}}]}, "data": "@verdicts"}} ; meta l4proto . th dport vmap @verdicts ; dropped
            {"vmap": {"key": {"ct": {"key": "state"}}, "data": {"set": [["invalid", {"accept": null}], ["new", {"jump": {"target": "dropping"}}]]}}} ; ct state vmap { invalid : accept, new : jump dropping } ; dropped
            {"vmap": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "data": {"set": [[22, {"accept": null}], ["*", {"drop": null}]]}}} ; tcp dport vmap { 22 : accept, * : drop } ; dropped
            {"vmap": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "data": {"set": [[22, {"accept": null}]]}}}, {"drop": null} ; tcp dport vmap { 22 : accept } drop ; 192.0.2.1:40000 > 198.51.100.7:80 tcp syn NEW
            {"mangle": {"key": {"meta": {"key": "mark"}}, "value": 5}}, {"match": {"op": "==", "left": {"meta": {"key": "mark"}}, "right": 5}}, {"drop": null} ; meta mark set 0x00000005 meta mark 0x00000005 drop ; dropped
            {"mangle": {"key": {"ct": {"key": "mark"}}, "value": {"|": [{"ct": {"key": "mark"}}, 2]}}}, {"match": {"op": "==", "left": {"ct": {"key": "mark"}}, "right": 2}}, {"drop": null} ; ct mark set ct mark | 0x00000002 ct mark 0x00000002 drop ; dropped
            {"flow": {"op": "add", "flowtable": "@f"}} ; flow op add flowtable @f ; 192.0.2.1:40000 > 198.51.100.7:80 tcp syn NEW
            {"queue": {"num": 0}} ; queue num 0 ; asks
            {"xt": {"type": "target", "name": "MARK"}} ; xt target MARK ; asks
            """)
    void acts(String expressions, String text, String expected) {
        var node = new Simulation(table(SETS + base("filter", "forward", 0), expressions));

        var outcome = node.forward(packet(SYN));

        var summary = Simulation.summary(outcome)
                .replaceFirst("^dropped by .*", "dropped")
                .replaceFirst(" by .*", "");
        assertThat(node.questions().isEmpty() ? summary : "asks").isEqualTo(expected);
        assertThat(table(SETS + base("filter", "forward", 0), expressions).rules(Family.IPV4))
                .extracting(Rule::text)
                .contains(text);
    }

    @ParameterizedTest(name = "{0} {2}: {3}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            prerouting ; {"dnat": {"addr": "203.0.113.9", "port": 8080}} ; dnat to 203.0.113.9:8080 ; 192.0.2.1:40000 > 203.0.113.9:8080 tcp syn NEW
            prerouting ; {"dnat": {"family": "ip", "addr": "203.0.113.9"}} ; dnat ip to 203.0.113.9 ; 192.0.2.1:40000 > 203.0.113.9:80 tcp syn NEW
            prerouting ; {"dnat": {"family": "ip", "addr": {"map": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "data": {"set": [[80, {"concat": ["203.0.113.9", 8080]}]]}}}}} ; dnat ip to tcp dport map { 80 : 203.0.113.9 . 8080 } ; 192.0.2.1:40000 > 203.0.113.9:8080 tcp syn NEW
            prerouting ; {"dnat": {"family": "ip", "addr": {"range": ["203.0.113.9", "203.0.113.10"]}}} ; dnat ip to 203.0.113.9-203.0.113.10 ; 192.0.2.1:40000 > 203.0.113.10:80 tcp syn NEW
            prerouting ; {"redirect": {"port": 8080}} ; redirect to :8080 ; 192.0.2.1:40000 > 10.6.212.101:8080 tcp syn NEW
            postrouting ; {"snat": {"family": "ip", "addr": "203.0.113.9"}} ; snat ip to 203.0.113.9 ; 203.0.113.9:40000 > 198.51.100.7:80 tcp syn NEW
            postrouting ; {"masquerade": null} ; masquerade ; 10.6.212.101:40000 > 198.51.100.7:80 tcp syn NEW
            postrouting ; {"masquerade": {"port": {"range": [1024, 2000]}}} ; masquerade to :1024-2000 ; 10.6.212.101:1024 > 198.51.100.7:80 tcp syn NEW
            """)
    void translates(String hook, String statement, String text, String left) {
        var rules = table(SETS + base("nat", hook, hook.equals("prerouting") ? -100 : 100), statement);
        var node = new Simulation(rules, 1).masqueradingAs("10.6.212.101");

        assertThat(Simulation.summary(node.forward(packet(SYN)))).isEqualTo(left);
        assertThat(rules.rules(Family.IPV4)).extracting(Rule::text).contains(text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"reject": {"type": "tcp reset"}} ; 192.0.2.1:40000 > 198.51.100.7:53 DATAGRAM
            {"reject": {"type": "icmp", "expr": "port-unreachable"}} ; 2001:db8::1:40000 > 2001:db8::2:80 SYN
            {"reject": {"type": "icmpv6", "expr": "port-unreachable"}} ; 192.0.2.1:40000 > 198.51.100.7:80 SYN
            """)
    void rejectsOnlyWhatTheAnswerIsFor(String statement, String sent) {
        var node = new Simulation(table(base("filter", "forward", 0), statement));

        assertThat(node.forward(packet(sent))).isInstanceOf(HookOutcome.Accepted.class);
    }

    @Test
    void leavesTheOtherFamilyUntranslated() {
        var rules =
                table(base("nat", "prerouting", -100), "{\"dnat\": {\"family\": \"ip\", \"addr\": \"203.0.113.9\"}}");
        var node = new Simulation(rules);

        node.forward(packet("2001:db8::1:40000 > 2001:db8::2:80 SYN"));

        assertThat(node.questions()).isEmpty();
    }

    @Test
    void asksOfAnUnknownMatchOnlyIfTheOthersHold() {
        var rules = table(base("filter", "forward", 0), """
                {"xt": {"type": "match", "name": "set"}},
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "203.0.113.1"}},
                {"drop": null}
                """);
        var node = new Simulation(rules);

        node.forward(packet(SYN));

        assertThat(node.questions()).isEmpty();
    }

    @Test
    void callsChainsInTheOrderOfTheirPriorities() {
        var marksLate = """
                {"chain": {"family": "ip", "table": "a", "name": "late", "type": "filter", "hook": "forward", "prio": 10, "policy": "accept"}},
                {"chain": {"family": "inet", "table": "b", "name": "early", "type": "filter", "hook": "forward", "prio": -10, "policy": "accept"}},
                {"rule": {"family": "ip", "table": "a", "chain": "late", "expr": [
                  {"match": {"op": "==", "left": {"meta": {"key": "mark"}}, "right": 1}}, {"drop": null}]}},
                {"rule": {"family": "inet", "table": "b", "chain": "early", "expr": [
                  {"mangle": {"key": {"meta": {"key": "mark"}}, "value": 1}}, {"accept": null}]}}
                """;

        assertThat(new Simulation(parse(marksLate)).forward(packet(SYN))).isInstanceOf(HookOutcome.Dropped.class);
    }

    @Test
    void reportsRulesOfSingleDevices() {
        var rules = parse("""
                {"chain": {"family": "netdev", "table": "d", "name": "in", "type": "filter", "hook": "ingress", "dev": "eth0", "prio": 0, "policy": "accept"}},
                {"rule": {"family": "netdev", "table": "d", "chain": "in", "expr": [{"drop": null}]}},
                {"table": {"family": "bridge", "name": "x"}}
                """);

        assertThat(rules.deviceRules()).extracting(Rule::toString).containsExactly("netdev d: drop");
        assertThat(rules.rules(Family.IPV4)).isEmpty();
    }

    /// Text and evaluation survive any tree that JSON can hold.
    @Test
    void survivesNonsenseInsideRules() {
        var nonsense = new ArrayList<Object>(List.of("x", 1, true, List.of(), Map.of(), Map.of("match", List.of(1))));
        for (var tag : List.of("match", "vmap", "dnat", "mangle", "payload", "map", "set", "limit", "reject", "jump")) {
            for (var content : List.of(
                    "x",
                    7,
                    List.of(Map.of()),
                    Map.of("left", Map.of("concat", List.of())),
                    Map.of("key", 1, "data", 2))) {
                nonsense.add(Map.of(tag, content));
            }
        }
        for (var node : nonsense) {
            var rule = Map.of("family", "inet", "table", "t", "chain", "c", "expr", List.of(node));
            var chain =
                    Map.of("family", "inet", "table", "t", "name", "c", "type", "filter", "hook", "forward", "prio", 0);

            var rules = Ruleset.parse(
                    null, null, null, null, Map.of("nftables", List.of(Map.of("chain", chain), Map.of("rule", rule))));

            assertThat(new Simulation(rules).forward(packet(SYN))).isNotNull();
        }
    }

    /// Recorded trees with nodes replaced, the same on every run.
    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void survivesAnyTree(long seed) {
        var random = new Random(seed);
        var tree = Map.of(
                "nftables",
                mutated(Recorded.of("healthy-nftables.node1", "host").nftables().get("nftables"), random));
        try {
            var node = new Simulation(Ruleset.parse(null, null, null, null, tree));
            node.forward(packet("10.6.212.241:40000 > 10.233.42.26:80 SYN"));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("nftables");
        }
    }

    private static Object mutated(@Nullable Object node, Random random) {
        if (random.nextInt(500) == 0) {
            return List.of("x", 7, List.of(), Map.of(), true, List.of(1, 2), Map.of("set", 1))
                    .get(random.nextInt(7));
        }
        return switch (node) {
            case null -> List.of();
            case List<?> list ->
                list.stream().map(item -> mutated(item, random)).toList();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, value) -> copy.put(key, value == null ? List.of() : mutated(value, random)));
                yield copy;
            }
            default -> node;
        };
    }

    private static String base(String type, String hook, int priority) {
        return """
                {"chain": {"family": "inet", "table": "t", "name": "base", "type": "%s", "hook": "%s", "prio": %d, "policy": "accept"}},
                """.formatted(type, hook, priority);
    }

    private static Ruleset table(String items, String expressions) {
        return parse(items + "{\"rule\": {\"family\": \"inet\", \"table\": \"t\", \"chain\": \"base\", \"expr\": ["
                + expressions + "]}}");
    }

    @SuppressWarnings("unchecked")
    private static Ruleset parse(String items) {
        return Ruleset.parse(null, null, null, null, JSON.readValue("{\"nftables\": [" + items + "]}", Map.class));
    }
}
