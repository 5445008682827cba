package dev.underpass.net;

import dev.underpass.Shell;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rules and routes in a network namespace, whose kernel answers by `ip route get`.
final class KernelRouting implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String namespace = "up-fib-" + ProcessHandle.current().pid();

    KernelRouting() {
        Shell.run("ip", "netns", "add", namespace);
    }

    @Override
    public void close() {
        Shell.feed("", "ip", "netns", "del", namespace);
    }

    void setUp(Random random, boolean six) {
        var lines = new ArrayList<String>();
        lines.add("link set lo up");
        for (int i = 0; i < 3; i++) {
            lines.add("link add v%d type veth peer name w%d".formatted(i, i));
            lines.add("link set v%d up".formatted(i));
            lines.add("link set w%d up".formatted(i));
            lines.add("addr add 10.%d.0.1/24 dev v%d".formatted(i, i));
            lines.add("addr add fd00:%d::1/64 dev v%d nodad".formatted(i, i));
        }
        lines.add("addr add 10.0.0.2/24 dev v0");
        lines.add("addr add 192.0.2.7/32 dev v1 scope link");
        batch(lines);
        sysctl("net.ipv4.conf.all.rp_filter", Integer.toString(random.nextInt(3)));
        sysctl("net.ipv4.conf.v1.rp_filter", Integer.toString(random.nextInt(3)));
        sysctl("net.ipv4.ip_forward", Integer.toString(random.nextInt(4) == 0 ? 0 : 1));
        sysctl("net.ipv4.conf.v2.accept_local", Integer.toString(random.nextInt(2)));
        sysctl("net.ipv4.conf.v0.src_valid_mark", Integer.toString(random.nextInt(2)));
        var config = new ArrayList<String>();
        var generator = new RandomRouting(random, six);
        IntStream.range(0, 14 + random.nextInt(20)).forEach(_ -> config.add(generator.route()));
        IntStream.range(0, 3 + random.nextInt(8)).forEach(i -> config.add(generator.rule(i)));
        if (random.nextInt(3) == 0) {
            config.add("link set v2 down");
        }
        batch(config, six ? "-6" : "-4");
    }

    void delete(Route route) {
        var family = route.family() == IpAddress.Family.IPV6 ? "-6" : "-4";
        var line = route.toString().replace(" linkdown", "").replace(" dead", "");
        Shell.run("ip -n %s %s route del %s".formatted(namespace, family, line).split(" ", -1));
    }

    private void sysctl(String key, String value) {
        Shell.run("ip", "netns", "exec", namespace, "sysctl", "-qw", key + "=" + value);
    }

    /// What the kernel refuses is simply not there.
    void batch(List<String> lines, String... options) {
        var command = new ArrayList<>(List.of("ip", "-n", namespace, "-force", "-batch", "-"));
        command.addAll(1, List.of(options));
        Shell.feed(String.join("\n", lines) + "\n", command.toArray(String[]::new));
    }

    NetworkState observed() throws ReportFormatException {
        var report = """
                {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "n", "collectedAt": "2026-01-01T00:00:00Z",
                 "host": {"links": %s, "addresses": %s, "rules": %s, "rules6": %s, "routes": %s, "routes6": %s,
                 "neighbours": [], "sysctls": %s}}""".formatted(
                        ip("-d", "link"),
                        ip("addr"),
                        ip("rule"),
                        ip("-6", "rule"),
                        ip("-4", "route", "show", "table", "all"),
                        ip("-6", "route", "show", "table", "all"),
                        sysctls());
        return ReportReader.read(report.getBytes(StandardCharsets.UTF_8))
                .host()
                .namespace()
                .network();
    }

    private String ip(String... arguments) {
        var command = new ArrayList<>(List.of("ip", "-n", namespace, "-j"));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    private String sysctls() {
        var values = new HashMap<String, String>();
        Shell.run("ip", "netns", "exec", namespace, "sysctl", "-a")
                .lines()
                .filter(line -> line.startsWith("net.ipv4.conf.") || line.startsWith("net.ipv6.conf."))
                .map(line -> line.split(" = ", 2))
                .forEach(parts -> values.put(parts[0], parts[1]));
        return JSON.writeValueAsString(values);
    }

    /// The kernel's answers by the query's number; a query that fails has its error's first words.
    Map<Integer, String> ask(List<Query> queries) {
        var text = String.join("\n", queries.stream().map(Query::command).toList()) + "\n";
        var result = Shell.feed(text, "ip", "-n", namespace, "-j", "-force", "-batch", "-");
        var errors = errors(result.err());
        var answers = new HashMap<Integer, String>();
        var printed = result.out().lines().filter(line -> line.startsWith("[")).iterator();
        for (int i = 0; i < queries.size(); i++) {
            answers.put(
                    i,
                    errors.containsKey(i)
                            ? errors.get(i)
                            : answer(JSON.readTree(printed.next()).get(0)));
        }
        return answers;
    }

    private static Map<Integer, String> errors(String text) {
        var errors = new HashMap<Integer, String>();
        var reason = "";
        for (var line : text.lines().toList()) {
            if (line.startsWith("Command failed -:")) {
                errors.put(Integer.parseInt(line.substring("Command failed -:".length())) - 1, Query.error(reason));
            } else {
                reason = line;
            }
        }
        return errors;
    }

    private static String answer(JsonNode route) {
        var type = route.path("type").asString("unicast");
        if (type.equals("local")) {
            return "local";
        }
        if (!type.equals("unicast")) {
            return "refused";
        }
        return "%s via %s"
                .formatted(route.path("dev").asString(), route.path("gateway").asString("-"));
    }

    /// One question to both.
    record Query(IpAddress destination, String from, String incoming, int mark) {

        static Query random(Random random, boolean six) {
            if (six) {
                var destination =
                        "fd00:%d:%x::%d".formatted(random.nextInt(4), random.nextInt(4), 1 + random.nextInt(6));
                return new Query(
                        IpAddress.parse(destination),
                        random.nextInt(3) == 0 ? "fd00:" + random.nextInt(3) + "::1" : "",
                        "",
                        random.nextInt(3));
            }
            var destination = "10.%d.%d.%d".formatted(random.nextInt(4), random.nextInt(4), 1 + random.nextInt(6));
            boolean input = random.nextInt(3) == 0;
            var source = input
                    ? "10.%d.%d.%d".formatted(random.nextInt(4), random.nextInt(3), 1 + random.nextInt(6))
                    : random.nextInt(3) == 0 ? "10." + random.nextInt(3) + ".0.1" : "";
            return new Query(
                    IpAddress.parse(destination), source, input ? "v" + random.nextInt(3) : "", random.nextInt(3));
        }

        String command() {
            return "route get %s%s%s%s"
                    .formatted(
                            destination,
                            from.isEmpty() ? "" : " from " + from,
                            incoming.isEmpty() ? "" : " iif " + incoming,
                            mark == 0 ? "" : " mark " + mark);
        }

        String ask(IpStack stack) {
            return switch (decision(stack)) {
                case RouteDecision.Deliver _ -> "local";
                case RouteDecision.Send(var lookup, var _) -> {
                    var hop = lookup.nextHops().getFirst();
                    yield "%s via %s".formatted(hop.device(), hop.gateway() == null ? "-" : hop.gateway());
                }
                case RouteDecision.Refuse _ -> "refused";
            };
        }

        /// The route that a packet is sent by.
        Optional<Route> winner(IpStack stack) {
            return decision(stack) instanceof RouteDecision.Send(var lookup, var _)
                    ? Optional.of(lookup.route())
                    : Optional.empty();
        }

        private RouteDecision decision(IpStack stack) {
            return incoming.isEmpty() ? output(stack) : input(stack);
        }

        private RouteDecision output(IpStack stack) {
            var source = from.isEmpty() ? null : IpAddress.parse(from);
            // A question without a protocol is one of UDP to `inet_rtm_getroute`, and of none to `inet6_rtm_getroute`.
            int protocol = destination.family() == IpAddress.Family.IPV4 ? 17 : 0;
            return stack.output(new Flow(source, destination, null, null, mark, 0, protocol, 0, 0, 0L));
        }

        private RouteDecision input(IpStack stack) {
            var packet =
                    new Packet(IpAddress.parse(from), destination, Protocol.UDP, 0, 0, Packet.Segment.DATAGRAM, mark);
            return stack.input(packet, new DeviceName(incoming));
        }

        static String error(String reason) {
            return reason.isEmpty() ? "no reason" : "refused";
        }
    }
}
