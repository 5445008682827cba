package dev.underpass.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds our route lookup against `ip route get`, on random rules and routes in a network namespace.
@Tag("netns")
class FibKernelTest {

    private static final String NAMESPACE = "up-fib-" + ProcessHandle.current().pid();
    private static final int QUERIES = 250;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static IntStream seeds() {
        return IntStream.range(0, 48);
    }

    @BeforeEach
    void makeNamespace() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
        Shell.run("ip", "netns", "add", NAMESPACE);
    }

    @AfterEach
    void removeNamespace() {
        Shell.feed("", "ip", "netns", "del", NAMESPACE);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheKernel(int seed) throws ReportFormatException {
        var random = new Random(seed);
        setUp(random, seed % 4 == 3);
        var stack = new IpStack(observed());
        var queries = IntStream.range(0, QUERIES)
                .mapToObj(_ -> Query.random(random, seed % 4 == 3))
                .toList();

        var kernel = askKernel(queries);

        var disagreements = new ArrayList<String>();
        for (int i = 0; i < queries.size(); i++) {
            var ours = queries.get(i).ask(stack);
            if (!ours.equals(kernel.get(i))) {
                disagreements.add("%s: we say %s, the kernel %s".formatted(queries.get(i), ours, kernel.get(i)));
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(kernel.values().stream().distinct().count())
                .as("different answers")
                .isGreaterThan(2);
    }

    private static void setUp(Random random, boolean six) {
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
        batch(config);
    }

    private static void sysctl(String key, String value) {
        Shell.run("ip", "netns", "exec", NAMESPACE, "sysctl", "-qw", key + "=" + value);
    }

    /// What the kernel refuses is simply not there.
    private static void batch(List<String> lines) {
        Shell.feed(String.join("\n", lines) + "\n", "ip", "-n", NAMESPACE, "-force", "-batch", "-");
    }

    private static NetworkState observed() throws ReportFormatException {
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

    private static String ip(String... arguments) {
        var command = new ArrayList<>(List.of("ip", "-n", NAMESPACE, "-j"));
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    private static String sysctls() {
        var values = new HashMap<String, String>();
        Shell.run("ip", "netns", "exec", NAMESPACE, "sysctl", "-a")
                .lines()
                .filter(line -> line.startsWith("net.ipv4.conf.") || line.startsWith("net.ipv6.conf."))
                .map(line -> line.split(" = ", 2))
                .forEach(parts -> values.put(parts[0], parts[1]));
        return JSON.writeValueAsString(values);
    }

    /// The kernel's answers by the query's number; a query that fails has its error's first words.
    private static Map<Integer, String> askKernel(List<Query> queries) {
        var text = String.join("\n", queries.stream().map(Query::command).toList()) + "\n";
        var result = Shell.feed(text, "ip", "-n", NAMESPACE, "-j", "-force", "-batch", "-");
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
            var decision = incoming.isEmpty() ? output(stack) : input(stack);
            return switch (decision) {
                case RouteDecision.Deliver _ -> "local";
                case RouteDecision.Send(var lookup, var _) -> {
                    var hop = lookup.nextHops().getFirst();
                    yield "%s via %s".formatted(hop.device(), hop.gateway() == null ? "-" : hop.gateway());
                }
                case RouteDecision.Refuse _ -> "refused";
            };
        }

        private RouteDecision output(IpStack stack) {
            var source = from.isEmpty() ? null : IpAddress.parse(from);
            return stack.output(new Flow(source, destination, null, null, mark, 0, 17, 0, 0, 0L));
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
