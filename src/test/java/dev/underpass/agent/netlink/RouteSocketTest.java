package dev.underpass.agent.netlink;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds what we decode against what `ip -j` prints of the same namespace.
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteSocketTest {

    private static final String NAME = "underpass" + ProcessHandle.current().pid() + "-rs";
    private static final Path NAMESPACE = Path.of("/run/netns", NAME);

    private static final String SETUP = """
            link set lo up
            link add v0 type veth peer name v1
            link add v2 mtu 1400 type veth peer name out netns 1
            link add br0 type bridge
            link add mv0 link v0 type macvlan mode private
            link add mv1 link v0 type macvlan mode bridge
            link add vx0 type vxlan id 7 dstport 4789 local 10.1.0.1
            link set v0 up
            link set v1 up
            link set v2 group 5 up
            link set br0 up
            link set mv0 up
            link set v1 master br0
            addr add 10.1.0.1/24 dev v0
            addr add 10.1.0.2/24 dev v0
            addr add 10.9.0.1 peer 10.9.0.2/32 dev v2
            addr add 10.3.0.1/24 dev br0 valid_lft 1000 preferred_lft 500
            -6 addr add 2001:db8::1/64 dev v0 nodad
            -6 addr add 2001:db8:1::1/64 dev br0 nodad
            -6 addr add 2001:db8:6::1/64 dev v0 noprefixroute
            route add default via 10.1.0.254
            route add default via 10.1.0.253 metric 100 table 100
            route add 10.20.0.0/16 via 10.1.0.9 dev v0 src 10.1.0.2 table 500 proto static
            route add 10.21.0.0/16 via 10.99.0.1 dev v0 onlink
            route add 10.22.0.0/16 nexthop via 10.1.0.7 dev v0 weight 3 nexthop via 10.3.0.7 dev br0
            route add 10.23.0.0/16 via inet6 fe80::1 dev v0
            route add tos 0x10 10.24.0.0/16 dev v0
            route add blackhole 10.30.0.0/16
            route add unreachable 10.31.0.0/16 metric 9
            route add prohibit 10.32.0.0/16 table 4294967000
            route add throw 10.33.0.0/16 table 101
            route add 10.34.0.0/16 dev mv0 proto bird scope link
            -6 route add 2001:db8:2::/48 via 2001:db8::9
            -6 route add 2001:db8:3::/48 nexthop via 2001:db8::7 dev v0 nexthop via 2001:db8:1::7 dev br0 weight 2
            -6 route add unreachable 2001:db8:4::/48 table 77
            -6 route add 2001:db8:5::/48 dev v0 pref high
            rule add fwmark 0x1 lookup 100 priority 1000
            rule add not from 10.1.0.0/24 to 10.20.0.0/16 iif v0 lookup 500 priority 1001
            rule add fwmark 0x10/0xf0 oif v2 uidrange 5-9 lookup 101 priority 1002
            rule add ipproto tcp sport 80 dport 1000-2000 lookup 500 priority 1003
            rule add goto 1010 priority 1004
            rule add nop priority 1010
            rule add unreachable from 10.5.0.1 priority 1011
            rule add blackhole tos 0x10 priority 1012
            rule add lookup main suppress_prefixlength 0 suppress_ifgroup 5 priority 1013
            rule add l3mdev priority 1014
            -6 rule add from 2001:db8::/32 lookup 77 priority 900
            -6 rule add prohibit fwmark 7 priority 901
            neigh add 10.1.0.50 lladdr 02:00:00:00:00:50 dev v0 nud permanent
            neigh add 10.1.0.51 lladdr 02:00:00:00:00:51 dev v0 nud stale
            neigh add 10.1.0.52 lladdr 02:00:00:00:00:52 dev v0 nud noarp
            neigh add 10.1.0.53 dev v0 nud failed
            -6 neigh add 2001:db8::50 lladdr 02:00:00:00:00:50 dev v0 nud permanent
            neigh add proxy 10.1.0.99 dev v0
            -6 neigh add proxy 2001:db8::99 dev v0
            """;

    private final NetlinkBuffer buffer = new NetlinkBuffer();
    private NamespaceThread thread;
    private RouteSocket socket;

    @BeforeAll
    void build() throws IOException {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        Shell.run("ip", "netns", "add", NAME);
        var batch = SETUP.replace("type veth peer name out netns 1", "type veth peer name " + outside() + " netns 1");
        for (var family : List.of("-4", "-6")) {
            var lines = batch.lines().filter(line -> line.startsWith("-6") == family.equals("-6"));
            var own = lines.map(line -> line.replace("-6 ", "")).collect(joining("\n"));
            assertThat(Shell.feed(own, "ip", family, "-n", NAME, "-batch", "-").err())
                    .isEmpty();
        }
        Shell.run(
                "ip",
                "netns",
                "exec",
                NAME,
                "sysctl",
                "-qw",
                "net.ipv4.conf.v0.rp_filter=2",
                "net.ipv4.conf.v0.proxy_arp=1",
                "net.ipv4.conf.br0.arp_ignore=3",
                "net.ipv4.conf.br0.forwarding=1",
                "net.ipv4.conf.v1.src_valid_mark=1",
                "net.ipv6.conf.v2.disable_ipv6=1",
                "net.ipv4.conf.mv0.ignore_routes_with_linkdown=1",
                "net.ipv6.conf.br0.proxy_ndp=1");
        awaitAddresses();
        thread = new NamespaceThread();
        socket = thread.in(NAMESPACE, () -> RouteSocket.open(buffer));
        socket.devices();
    }

    /// Duplicate address detection takes a second or two, and brings routes at its end.
    private static void awaitAddresses() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Shell.run("ip", "-n", NAME, "-6", "addr", "show", "tentative")
                        .isBlank());
    }

    private static String outside() {
        return "up" + ProcessHandle.current().pid();
    }

    @AfterAll
    void remove() {
        if (socket != null) {
            socket.close();
            thread.close();
            Shell.feed("", "ip", "netns", "del", NAME);
        }
    }

    private static String ip(String... words) {
        var command = new java.util.ArrayList<>(List.of("ip", "-n", NAME, "-j"));
        command.addAll(List.of(words));
        return Shell.run(command.toArray(String[]::new));
    }

    private static NetworkState printed(Map<String, String> sections) throws ReportFormatException {
        var host = new StringBuilder();
        sections.forEach(
                (name, json) -> host.append(host.isEmpty() ? "" : ",").append("\"%s\": %s".formatted(name, json)));
        var report = "{\"apiVersion\": \"underpass.dev/v1\", \"kind\": \"NodeReport\", \"node\": \"n\","
                + "\"collectedAt\": \"2026-11-24T00:00:00Z\", \"host\": {" + host + "}}";
        return ReportReader.read(report.getBytes(StandardCharsets.UTF_8))
                .host()
                .namespace()
                .network();
    }

    @Test
    void decodesDevicesAsIpPrintsThem() throws Exception {
        var printed = printed(Map.of("links", ip("-d", "link"))).links();

        assertThat(socket.devices().links()).containsExactlyElementsOf(Objects.requireNonNull(printed));
    }

    @Test
    void decodesAddressesAsIpPrintsThem() throws Exception {
        var printed = printed(Map.of("addresses", ip("addr"))).addresses();

        assertThat(socket.addresses(socket.devices().links())).isEqualTo(printed);
    }

    @Test
    void decodesRulesAsIpPrintsThem() throws Exception {
        var printed = printed(Map.of("rules", ip("rule"), "rules6", ip("-6", "rule")));

        assertThat(socket.rules(Family.IPV4)).isEqualTo(printed.rules());
        assertThat(socket.rules(Family.IPV6)).isEqualTo(printed.rules6());
    }

    @Test
    void decodesRoutesAsIpPrintsThem() throws Exception {
        var printed = printed(Map.of(
                "routes",
                ip("-4", "route", "show", "table", "all"),
                "routes6",
                ip("-6", "route", "show", "table", "all")));

        assertThat(socket.routes(Family.IPV4)).isEqualTo(printed.routes());
        assertThat(socket.routes(Family.IPV6)).isEqualTo(printed.routes6());
    }

    @Test
    void decodesNeighboursAsIpPrintsThem() throws Exception {
        var printed = printed(Map.of("neighbours", ip("-s", "neigh"), "proxyNeighbours", ip("neigh", "show", "proxy")));

        assertThat(socket.neighbours())
                .usingElementComparator(RouteSocketTest::withoutAge)
                .containsExactlyElementsOf(Objects.requireNonNull(printed.neighbours()));
        assertThat(socket.proxyNeighbours())
                .usingElementComparator(RouteSocketTest::withoutAge)
                .containsExactlyElementsOf(Objects.requireNonNull(printed.proxyNeighbours()));
    }

    /// Seconds may pass between the two readings.
    private static int withoutAge(Neighbour a, Neighbour b) {
        return a.toString().compareTo(b.toString());
    }

    @Test
    void decodesTheSysctlsOfEveryDevice() throws Exception {
        var sysctls = new TreeMap<>(socket.devices().sysctls());
        var expected = thread.in(NAMESPACE, () -> {
            var read = new TreeMap<String, String>();
            for (var name : sysctls.keySet()) {
                read.put(name, Files.readString(file(name)).strip());
            }
            return read;
        });

        assertThat(sysctls).isEqualTo(expected).containsEntry("net.ipv4.conf.v0.rp_filter", "2");
        assertThat(sysctls).hasSizeGreaterThan(17 * 7);
    }

    /// Devices settle for a while after they were made.
    private static boolean staysTheSame(RouteSocket socket) throws NetlinkException {
        for (int attempt = 0; attempt < 100; attempt++) {
            socket.devices();
            if (socket.sameDevices()) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sysctl -qw net.ipv4.conf.mv1.arp_announce=1",
                "sysctl -qw net.ipv6.conf.mv1.accept_redirects=0",
                "ip link set mv1 mtu 1300",
                "ip link set mv1 group 9",
                "ip link set mv1 address 02:00:00:00:00:77",
                "ip link set mv1 name mv2",
                "ip link del mv2"
            })
    void tellsDevicesThatHaveChangedWithoutDecodingThem(String change) throws IOException {
        try (var own = thread.in(NAMESPACE, () -> RouteSocket.open(buffer))) {
            assertThat(staysTheSame(own)).isTrue();
            var before = own.devices();

            Shell.run(("ip netns exec " + NAME + " " + change).split(" ", -1));

            assertThat(own.sameDevices()).isFalse();
            assertThat(own.devices()).isNotEqualTo(before);
        }
    }

    private static Path file(String sysctl) {
        return Path.of("/proc/sys/" + sysctl.replace('.', '/'));
    }

    @Test
    void knowsOtherNamespacesByTheirNumber() throws IOException {
        int own = socket.numberOf(Path.of("/proc/self/ns/net"));

        assertThat(socket.devices().links())
                .anyMatch(link -> Objects.equals(link.peerNamespace(), own)
                        && link.name().value().equals("v2"));
    }

    @Test
    void namesTheNamespaceThatIsNotThere() {
        assertThatThrownBy(() -> thread.in(Path.of("/run/netns/underpass-nothing"), () -> 1))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("/run/netns/underpass-nothing")
                .hasMessageContaining("No such file");
    }
}
