package dev.underpass.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.RouteSocket.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the kernel tells of without being asked.
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteNoticesTest {

    private static final String NAME = "underpass" + ProcessHandle.current().pid() + "-rn";
    private static final Path NAMESPACE = Path.of("/run/netns", NAME);

    private static final String SETUP = """
            link set lo up
            link add v0 type veth peer name v1
            link add mv1 link v0 type macvlan mode bridge
            link set v0 up
            link set v1 up
            addr add 10.1.0.1/24 dev v0
            """;

    private final NetlinkBuffer buffer = new NetlinkBuffer();
    private NamespaceThread thread;

    @BeforeAll
    void build() throws IOException {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        Shell.run("ip", "netns", "add", NAME);
        assertThat(Shell.feed(SETUP, "ip", "-n", NAME, "-batch", "-").err()).isEmpty();
        thread = new NamespaceThread();
    }

    @AfterAll
    void remove() {
        if (thread != null) {
            thread.close();
            Shell.feed("", "ip", "netns", "del", NAME);
        }
    }

    /// IPv6 addresses that have just been made may become usable, and say so, at any time.
    @Test
    void hearsOfEveryKindOfChange() throws IOException {
        var follower = thread.in(NAMESPACE, () -> RouteSocket.open(buffer));
        try (follower) {
            follower.follow();

            Shell.run("ip", "-n", NAME, "route", "add", "10.77.0.0/16", "dev", "v0");
            assertThat(follower.takeChanges()).contains(Change.ROUTES).doesNotContain(Change.RULES);
            Shell.run("ip", "-n", NAME, "rule", "add", "from", "10.7.7.7", "lookup", "5");
            assertThat(follower.takeChanges()).contains(Change.RULES).doesNotContain(Change.NEIGHBOURS);
            Shell.run("ip", "-n", NAME, "neigh", "add", "10.1.0.77", "lladdr", "02:00:00:00:00:77", "dev", "v0");
            assertThat(follower.takeChanges()).contains(Change.NEIGHBOURS).doesNotContain(Change.RULES, Change.SYSCTLS);
            Shell.run("ip", "-n", NAME, "addr", "add", "10.77.7.7/32", "dev", "v0");
            assertThat(follower.takeChanges()).contains(Change.ADDRESSES, Change.ROUTES);
            Shell.run("ip", "netns", "exec", NAME, "sysctl", "-qw", "net.ipv4.conf.v1.rp_filter=1");
            assertThat(follower.takeChanges()).contains(Change.SYSCTLS).doesNotContain(Change.RULES);
            Shell.run("ip", "-n", NAME, "link", "set", "mv1", "mtu", "1300");
            assertThat(follower.takeChanges()).contains(Change.LINKS);
        }
    }

    /// By these, the agent need not look at the files again and again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipv4/conf/all/forwarding",
                "ipv4/conf/all/proxy_arp",
                "ipv4/conf/all/rp_filter",
                "ipv4/conf/all/ignore_routes_with_linkdown",
                "ipv6/conf/all/forwarding",
                "ipv6/conf/all/proxy_ndp",
                "ipv6/conf/all/ignore_routes_with_linkdown"
            })
    void hearsOfChangesOfTheSysctlsOfAllDevices(String sysctl) throws IOException {
        var follower = thread.in(NAMESPACE, () -> RouteSocket.open(buffer));
        try (follower) {
            follower.follow();
            var file = Path.of("/proc/sys/net", sysctl);
            var before = thread.in(NAMESPACE, () -> Files.readString(file).strip());

            thread.in(NAMESPACE, () -> Files.writeString(file, before.equals("0") ? "1" : "0"));
            assertThat(follower.takeChanges()).contains(Change.SYSCTLS);
            thread.in(NAMESPACE, () -> Files.writeString(file, before));
            assertThat(follower.takeChanges()).contains(Change.SYSCTLS);
        }
    }

    /// A dump reads the same descriptor: the message is gone from there, and must not be forgotten.
    @Test
    void remembersWhatItHearsDuringADump() throws IOException {
        var follower = thread.in(NAMESPACE, () -> RouteSocket.open(buffer));
        try (follower) {
            follower.follow();
            assertThat(follower.pending()).isFalse();
            Shell.run("ip", "-n", NAME, "rule", "add", "from", "10.6.6.6", "lookup", "5");

            follower.devices();

            assertThat(follower.pending()).isTrue();
            assertThat(follower.takeChanges()).contains(Change.RULES);
            assertThat(follower.pending()).isFalse();
        }
    }

    @Test
    void takesLostMessagesForChangesOfEverything() throws IOException {
        var follower = thread.in(NAMESPACE, () -> RouteSocket.open(buffer));
        try (follower) {
            follower.follow();
            var many = new StringBuilder();
            for (int i = 0; i < 3000; i++) {
                many.append("route add 10.88.%d.%d/32 dev v0 table 888%n".formatted(i / 250, i % 250));
            }
            assertThat(Shell.feed(many.toString(), "ip", "-n", NAME, "-batch", "-")
                            .status())
                    .isZero();

            assertThat(follower.takeChanges()).containsExactlyInAnyOrder(Change.values());
            assertThat(follower.takeChanges()).doesNotContain(Change.RULES, Change.SYSCTLS);
            Shell.run("ip", "-n", NAME, "route", "flush", "table", "888");
        }
    }
}
