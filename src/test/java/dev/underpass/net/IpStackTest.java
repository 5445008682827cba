package dev.underpass.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpStackTest {

    private static final Flow PROBE = Flow.to(IpAddress.parse("2001:db8:9::1"));

    /// Two devices with an address each; only packets from the second one's find a route.
    private static IpStack stack(String mainRoutes) throws ReportFormatException {
        return stack(mainRoutes, 0);
    }

    private static IpStack stack(String mainRoutes, int forwarding) throws ReportFormatException {
        var report = """
                {"apiVersion": "underpass.dev/v1", "kind": "NodeReport", "node": "n", "collectedAt": "2026-01-01T00:00:00Z",
                 "host": {
                  "links": [{"ifindex": 2, "ifname": "eth0", "flags": ["UP", "LOWER_UP"]},
                            {"ifindex": 3, "ifname": "net1", "flags": ["UP", "LOWER_UP"]}],
                  "addresses": [{"ifname": "net1", "addr_info": [
                     {"family": "inet6", "local": "2001:db8:7::2", "prefixlen": 64, "scope": "global"}]}],
                  "rules6": [{"priority": 0, "src": "all", "table": "local"},
                             {"priority": 999, "src": "2001:db8:7::2", "table": "101"},
                             {"priority": 32766, "src": "all", "table": "main"}],
                  "routes6": [%s {"dst": "default", "gateway": "2001:db8:7::1", "dev": "net1", "table": "101"}],
                  "neighbours": [{"dst": "2001:db8:7::9", "dev": "net1", "state": ["FAILED"]}],
                  "sysctls": {"net.ipv6.conf.all.forwarding": "%d"}}}""".formatted(mainRoutes, forwarding);
        return new IpStack(ReportReader.read(report.getBytes(StandardCharsets.UTF_8))
                .host()
                .namespace()
                .network());
    }

    @Test
    void looksAgainWithAnAddressWhereIpv6FoundNoRouteWithoutOne() throws ReportFormatException {
        var stack = stack("");

        assertThat(stack.output(PROBE)).isInstanceOf(RouteDecision.Refuse.class);
        assertThat(stack.connect(PROBE)).isInstanceOfSatisfying(RouteDecision.Send.class, send -> {
            assertThat(send.source()).hasToString("2001:db8:7::2");
            assertThat(send.lookup().route().table()).hasToString("101");
        });
    }

    @Test
    void looksAgainWhereIpv6WasRefused() throws ReportFormatException {
        var stack = stack("{\"type\": \"unreachable\", \"dst\": \"2001:db8:9::/64\", \"dev\": \"lo\"},");

        assertThat(stack.connect(PROBE)).isInstanceOf(RouteDecision.Send.class);
    }

    @Test
    void keepsTheRouteThatIpv6FoundWithoutAnAddress() throws ReportFormatException {
        var stack = stack("{\"dst\": \"2001:db8:9::/64\", \"dev\": \"eth0\"},");

        assertThat(stack.connect(PROBE))
                .isInstanceOfSatisfying(
                        RouteDecision.Send.class,
                        send -> assertThat(send.lookup().route().table()).hasToString("main"));
    }

    private static final String SILENT_GATEWAY =
            "{\"dst\": \"2001:db8:9::/64\", \"gateway\": \"2001:db8:7::9\", \"dev\": \"net1\"},";
    private static final String DEFAULT = "{\"dst\": \"default\", \"gateway\": \"2001:db8:7::1\", \"dev\": \"net1\"},";

    @ParameterizedTest
    @CsvSource(textBlock = """
            # a host has a route to fall back to
            0, true, default
            # a router does not look
            1, true, 2001:db8:9::/64
            # there is nothing else
            0, false, 2001:db8:9::/64
            """)
    void passesOverAnIpv6GatewayThatDidNotAnswer(int forwarding, boolean fallback, String taken)
            throws ReportFormatException {
        var stack = stack(SILENT_GATEWAY + (fallback ? DEFAULT : ""), forwarding);

        assertThat(stack.connect(PROBE))
                .isInstanceOfSatisfying(
                        RouteDecision.Send.class,
                        send -> assertThat(send.lookup().route().toString()).startsWith(taken));
    }
}
