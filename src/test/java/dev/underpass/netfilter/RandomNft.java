package dev.underpass.netfilter;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Small random rule sets in the notation of nft, made to meet the packets of [Lab].
final class RandomNft {

    private static final String SETS = """
            set services { type ipv4_addr; elements = { 10.9.0.1, 10.9.0.2 } }
            set nets { type ipv4_addr; flags interval; elements = { 10.1.0.0/24, 10.2.0.2-10.2.0.9 } }
            set flows { type ipv4_addr . inet_proto . inet_service; flags interval; elements = { 10.9.0.0/24 . tcp . 80-81, 10.2.0.2 . udp . 80 } }
            map ends { type ipv4_addr . inet_service : ipv4_addr . inet_service; elements = { 10.9.0.1 . 80 : 10.2.0.3 . 8080, 10.9.0.2 . 81 : 10.1.0.2 . 80, 10.1.0.1 . 80 : 10.2.0.2 . 53 } }
            """;

    private final Random random;

    RandomNft(long seed) {
        random = new Random(seed);
    }

    String ruleset() {
        var family = pick("ip", "inet");
        return "flush ruleset\ntable " + family + " lab {\n" + SETS
                + chain("u2", "", "filter", 2)
                + chain("u1", "", "filter", 2)
                + chain(
                        "pre",
                        "type filter hook prerouting priority " + pick("-310", "-300", "-150", "-110", "-90"),
                        "pre",
                        2)
                + chain(
                        "out",
                        "type " + pick("filter", "route") + " hook output priority " + pick("-300", "-150", "0"),
                        "filter",
                        2)
                + chain("xdst", "type nat hook prerouting priority -100", "dst", 3)
                + chain("xdst2", "type nat hook prerouting priority -100", "dst", 1)
                + chain("xdstout", "type nat hook output priority -100", "dst", 2)
                + chain("xsrc", "type nat hook postrouting priority 100", "src", 2)
                + chain("xsrcin", "type nat hook input priority 100", "srcin", 1)
                + chain("inp", "type filter hook input priority 0", "filter", 2)
                + chain("forw", "type filter hook forward priority " + pick("-10", "0", "50"), "filter", 3)
                + chain(
                        "post",
                        "type filter hook postrouting priority " + pick("-150", "90", "110", "300"),
                        "filter",
                        2)
                + "}\n";
    }

    private String chain(String name, String hook, String use, int most) {
        boolean drops = use.equals("filter") && !hook.isEmpty() && random.nextInt(10) == 0;
        var head = hook.isEmpty() ? "" : hook + "; policy " + (drops ? "drop" : "accept") + ";\n";
        var rules = IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(_ -> rule(name, use) + "\n")
                .collect(Collectors.joining());
        return "chain " + name + " {\n" + head + rules + "}\n";
    }

    private String rule(String chain, String use) {
        var action = action(chain, use);
        boolean needsPorts = action.matches(".*(dport|:\\d|redirect).*");
        var protocol = action.contains("tcp reset") ? "tcp" : needsPorts ? pick("tcp", "udp") : pick("", "tcp", "udp");
        var matches = random.ints(random.nextInt(3), 0, 14)
                .distinct()
                .mapToObj(kind -> match(kind, protocol) + " ")
                .collect(Collectors.joining());
        var text = (protocol.isEmpty() ? "" : "meta l4proto PROTO ") + matches + pick("", "counter ") + action;
        return text.replace("PROTO", protocol);
    }

    private String match(int kind, String protocol) {
        var not = pick("", "", "!= ");
        return switch (protocol.isEmpty() && (kind == 2 || kind == 3 || kind == 12) ? 5 : kind) {
            case 0 -> "ip saddr " + not + pick("10.1.0.2", "10.2.0.0/16", "@nets", "{ 10.1.0.2, 10.2.0.0/30 }");
            case 1 -> "ip daddr " + not + pick("10.9.0.1", "10.9.0.0/24", "@services", "10.1.0.0-10.2.0.1");
            case 2 -> "PROTO dport " + not + pick("80", "81-8080", "{ 80, 8000-9000 }");
            case 3 -> "PROTO sport " + not + pick("80", "10000-60000", "{ 53, 81 }");
            case 4 -> "meta nfproto ipv4";
            case 5 -> "meta mark " + pick("& 1 == 1", "& 2 != 2", "0", "!= 3");
            case 6 ->
                "ct state "
                        + pick("new", "established,related", "invalid", "untracked", "{ new, established }", "!= new");
            case 7 -> "ct mark " + pick("& 1 == 1", "!= 0", "2");
            case 8 -> "ct status " + pick("dnat", "snat", "assured", "seen-reply");
            case 9 ->
                pick(
                        "ct direction reply",
                        "ct direction original",
                        "ct original ip daddr 10.9.0.1",
                        protocol.isEmpty() ? "ct direction original" : "ct original proto-dst 80");
            case 10 -> "fib daddr type " + not + pick("local", "unicast");
            case 11 -> "iifname " + not + pick("\"r0\"", "\"r1\"", "\"r*\"", "\"lo\"", "{ \"r0\", \"lo\" }");
            case 12 -> "ip daddr . meta l4proto . th dport " + not + "@flows";
            default ->
                protocol.equals("tcp")
                        ? pick(
                                "tcp flags syn",
                                "tcp flags & (syn | ack) == syn",
                                "tcp flags & (fin | syn | rst | ack) != syn")
                        : pick("meta nfproto ipv4", "meta mark != 1");
        };
    }

    private String action(String chain, String use) {
        var mark = pick(
                "meta mark set 1",
                "meta mark set meta mark | 2",
                "meta mark set ct mark",
                "ct mark set meta mark",
                "ct mark set ct mark | 1",
                "meta mark set meta mark & 0xfffffffe",
                "meta mark set meta mark ^ 3");
        if (random.nextInt(3) == 0) {
            return mark;
        }
        return switch (use) {
            case "pre" -> pick("notrack", "accept", "drop", "jump u1", "goto u2", "return");
            case "dst" ->
                pick(
                        "dnat ip to 10.2.0.2",
                        "dnat ip to 10.2.0.3:8080",
                        "dnat ip to 10.1.0.1:80",
                        "dnat ip to ip daddr . th dport map @ends",
                        "dnat ip to PROTO dport map { 80 : 10.2.0.3 . 81, 81 : 10.1.0.2 . 8080 }",
                        "redirect to :8080",
                        "accept",
                        "return");
            case "src" -> pick("masquerade", "snat ip to 10.2.0.1", "snat ip to 10.1.0.1", "accept", "masquerade");
            case "srcin" -> pick("snat ip to 10.1.0.1", "accept");
            default ->
                chain.equals("u2")
                        ? pick("drop", "accept", "return", "reject")
                        : pick(
                                "drop",
                                "accept",
                                "return",
                                "reject",
                                "reject with tcp reset",
                                "jump u2",
                                "goto u2",
                                "meta l4proto . th dport vmap { tcp . 80 : jump u2, udp . 80 : accept, tcp . 81 : drop }",
                                "ct state vmap { new : jump u2, established : accept, invalid : drop }");
        };
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }
}
