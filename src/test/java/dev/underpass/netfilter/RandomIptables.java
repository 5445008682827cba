package dev.underpass.netfilter;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// Small random rule sets in the notation of iptables-restore, made to meet the packets of [Lab].
final class RandomIptables {

    private final Random random;

    RandomIptables(long seed) {
        random = new Random(seed);
    }

    String ruleset() {
        return table("raw", List.of("PREROUTING", "OUTPUT"))
                + table("mangle", List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"))
                + table("nat", List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"))
                + table("filter", List.of("INPUT", "FORWARD", "OUTPUT"));
    }

    private String table(String table, List<String> chains) {
        var text = new StringBuilder("*" + table + "\n");
        for (var chain : chains) {
            boolean drops = table.equals("filter") && random.nextInt(6) == 0;
            text.append(":%s %s [0:0]\n".formatted(chain, drops ? "DROP" : "ACCEPT"));
        }
        text.append(":U1 - [0:0]\n:U2 - [0:0]\n");
        int most = table.equals("nat") ? 3 : 2;
        for (var chain : chains) {
            rules(text, table, chain, random.nextInt(most + 1), chain);
        }
        rules(text, table, "U1", random.nextInt(3), "");
        rules(text, table, "U2", random.nextInt(3), "");
        return text.append("COMMIT\n").toString();
    }

    private void rules(StringBuilder text, String table, String chain, int count, String hook) {
        for (int i = 0; i < count; i++) {
            text.append("-A ")
                    .append(chain)
                    .append(' ')
                    .append(rule(table, chain, hook))
                    .append('\n');
        }
    }

    private String rule(String table, String chain, String hook) {
        var target = target(table, chain);
        var matches = random.ints(random.nextInt(3), 0, hook.isEmpty() ? 8 : 10)
                .distinct()
                .mapToObj(kind -> match(kind, hook))
                .collect(Collectors.joining(" "));
        var protocol = target.contains("tcp-reset")
                ? "-p tcp "
                : target.contains("--to-ports") || target.matches(".*\\d:\\d.*")
                        ? "-p " + pick("tcp", "udp") + " "
                        : pick("", "", "-p tcp ", "-p udp ", "! -p udp ");
        var port = protocol.startsWith("-p")
                ? pick(
                        "",
                        "",
                        protocol.replace("-p", "-m").strip() + pick(" --dport ", " ! --dport ")
                                + pick("80", "81", "53:80", "8080:") + " ")
                : "";
        return protocol + port + matches + " " + target;
    }

    private String match(int kind, String hook) {
        return switch (kind) {
            case 0 ->
                pick("", "! ") + "-s " + pick("10.1.0.2/32", "10.2.0.0/16", "10.1.0.0/24", "10.2.0.2/255.255.0.255");
            case 1 ->
                pick("", "! ") + "-d "
                        + pick(
                                "10.9.0.1/32",
                                "10.9.0.2/32",
                                "10.9.0.0/24",
                                "10.2.0.0/24",
                                "10.1.0.1/32",
                                "10.1.0.2/32");
            case 2 -> "-m mark " + pick("", "! ") + "--mark " + pick("0x1/0x1", "0x2/0x2", "0x3", "0x0");
            case 3 -> "-m connmark " + pick("", "! ") + "--mark " + pick("0x1/0x1", "0x2/0x2", "0x3", "0x0");
            case 4 ->
                "-m conntrack " + pick("", "! ") + "--ctstate "
                        + pick(
                                "NEW",
                                "ESTABLISHED",
                                "RELATED,ESTABLISHED",
                                "INVALID",
                                "UNTRACKED",
                                "DNAT",
                                "SNAT",
                                "NEW,INVALID");
            case 5 ->
                "-m conntrack "
                        + pick(
                                "--ctdir ORIGINAL",
                                "--ctdir REPLY",
                                "--ctorigdst 10.9.0.0/24",
                                "! --ctorigdst 10.9.0.1",
                                "--ctorigsrc 10.1.0.0/24",
                                "--ctreplsrc 10.2.0.2",
                                "--ctstatus ASSURED",
                                "! --ctstatus CONFIRMED",
                                "--ctstatus SEEN_REPLY",
                                "--ctorigdstport 80",
                                "--ctproto 6",
                                "--ctstate INVALID --ctproto 17");
            case 6 ->
                "-m addrtype "
                        + pick("--dst-type LOCAL", "! --dst-type LOCAL", "--src-type LOCAL", "--dst-type UNICAST");
            case 7 ->
                pick(
                        "-m iprange --dst-range 10.9.0.1-10.9.0.1",
                        "-m iprange ! --src-range 10.2.0.0-10.2.0.2",
                        "-m comment --comment \"a \\\"b\\\" -j DROP\"");
            case 8 -> canSee(hook, true) ? pick("", "! ") + "-i " + pick("r0", "r1", "r+", "lo") : "-m mark --mark 0x0";
            default ->
                canSee(hook, false) ? pick("", "! ") + "-o " + pick("r0", "r1", "r+", "lo") : "-m mark --mark 0x0";
        };
    }

    private static boolean canSee(String hook, boolean input) {
        return switch (hook) {
            case "PREROUTING", "INPUT" -> input;
            case "OUTPUT", "POSTROUTING" -> !input;
            default -> true;
        };
    }

    private String target(String table, String chain) {
        boolean user = chain.startsWith("U");
        if (random.nextInt(8) == 0 || (user && table.equals("nat"))) {
            return chain.equals("U1")
                    ? pick("-j RETURN", "-j ACCEPT", "-g U2", "-j U2")
                    : user ? pick("-j RETURN", "-j ACCEPT") : pick("-j RETURN", "-j U1", "-g U1", "-j U2", "-g U2");
        }
        return switch (table) {
            case "raw" -> pick("-j CT --notrack", "-j ACCEPT", "-j RETURN", user ? "-j RETURN" : "-j U1", "-j DROP");
            case "mangle" ->
                pick(
                        "-j MARK --set-xmark 0x1/0x1",
                        "-j MARK --set-xmark 0x2/0xffffffff",
                        "-j MARK --set-xmark 0x3/0x2",
                        "-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff",
                        "-j CONNMARK --restore-mark --nfmask 0x1 --ctmask 0x3",
                        "-j CONNMARK --set-xmark 0x2/0x2",
                        "-j ACCEPT");
            case "nat" -> nat(chain);
            default ->
                pick(
                        user ? "-j ACCEPT" : "-j U1",
                        user ? "-j RETURN" : "-g U1",
                        "-j DROP",
                        "-j ACCEPT",
                        "-j ACCEPT",
                        "-j RETURN",
                        "-j REJECT --reject-with icmp-port-unreachable",
                        "-j REJECT --reject-with tcp-reset");
        };
    }

    private String nat(String chain) {
        return switch (chain) {
            case "PREROUTING", "OUTPUT" ->
                pick(
                        "-j DNAT --to-destination 10.2.0.2",
                        "-j DNAT --to-destination 10.2.0.3:8080",
                        "-j DNAT --to-destination 10.1.0.1:80",
                        "-j DNAT --to-destination 10.1.0.2:81",
                        "-j REDIRECT --to-ports 8080",
                        "-j ACCEPT",
                        "-j U1",
                        "-j NETMAP --to 10.9.0.0/24");
            case "POSTROUTING" ->
                pick(
                        "-j MASQUERADE",
                        "-j SNAT --to-source 10.2.0.1",
                        "-j SNAT --to-source 10.1.0.1",
                        "-j ACCEPT",
                        "-j U1",
                        "-j MASQUERADE");
            default -> pick("-j SNAT --to-source 10.1.0.1", "-j ACCEPT", "-j RETURN");
        };
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }
}
