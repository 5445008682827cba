package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.NamespaceThread;
import dev.underpass.net.Protocol;
import dev.underpass.report.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read of a node whose namespaces change under the reader, step by step and without an agent's threads.
@Tag("netns")
class NodeReaderTest {

    private static final String OWN = "underpass" + ProcessHandle.current().pid() + "-nr";
    private static final Path NAMES = Path.of("/run/netns");
    private static final int ROUTES = 3000;

    private final Set<Integer> open = new HashSet<>();
    private NamespaceThread thread;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        for (var name : List.of("host", "p-a", "p-b")) {
            RunningAgent.add(OWN + "-" + name);
        }
        thread = new NamespaceThread();
    }

    @AfterEach
    void remove() {
        if (thread != null) {
            thread.close();
            RunningAgent.delete(OWN);
        }
    }

    private static final String ACCEPT_LOCAL = "net.ipv4.conf.eth0.accept_local";

    private NodeReader reader(IntConsumer opened) throws IOException {
        return new NodeReader(
                NAMES.resolve(OWN + "-host"),
                NAMES,
                new NamedPods(NAMES, OWN + "-p-", "lab"),
                thread,
                fd -> {
                    open.add(fd);
                    opened.accept(fd);
                },
                open::remove);
    }

    /// Descriptors of the second Pod's namespace are open, and nothing is read yet, when its name goes.
    @Test
    void aNamespaceThatIsDeletedBeforeItIsReadIsAnErrorOfItsPodAlone() throws IOException {
        int untilSecondPod = 5;
        try (var reader = reader(_ -> {
            if (open.size() == untilSecondPod) {
                Shell.run("ip", "netns", "del", OWN + "-p-b");
            }
        })) {
            reader.findPods();

            var pods = reader.podReports();
            assertThat(pods).extracting(pod -> pod.name()).containsExactly("a", "b");
            assertThat(pods.getFirst().error()).isNull();
            assertThat(pods.getFirst().network().network().routes()).isNotEmpty();
            assertThat(pods.getLast().error()).contains(OWN + "-p-b", "No such file");
            assertThat(pods.getLast().network().network().routes()).isNull();

            reader.findPods();
            assertThat(reader.podReports()).extracting(pod -> pod.name()).containsExactly("a");
            assertThat(open).hasSize(4);
        }
        assertThat(open).isEmpty();
    }

    /// More is said than the socket holds, `ENOBUFS`: nobody knows what was lost, so all of it is read.
    @Test
    void readsEverythingAgainWhenMessagesWereLost() throws IOException {
        try (var reader = reader(_ -> {})) {
            reader.findPods();
            reader.readChanges(open);
            Shell.run("ip", "-n", OWN + "-p-a", "rule", "add", "from", "10.7.7.7", "lookup", "5");
            batch("add");
            batch("del");
            Shell.run("ip", "-n", OWN + "-p-a", "rule", "add", "from", "10.8.8.8", "lookup", "5");
            Shell.run("ip", "-n", OWN + "-p-a", "route", "add", "10.99.0.0/16", "via", "10.1.0.254");

            reader.readChanges(open);

            var pod = reader.podReports().getFirst();
            var network = pod.network().network();
            assertThat(pod.error()).isNull();
            assertThat(Objects.requireNonNull(network.routes()))
                    .extracting(Object::toString)
                    .contains("10.99.0.0/16 via 10.1.0.254 dev eth0")
                    .noneMatch(route -> route.contains("10.50."));
            assertThat(Objects.requireNonNull(network.rules()).toString())
                    .contains("from 10.7.7.7 lookup 5", "from 10.8.8.8 lookup 5");
        }
    }

    /// On a busy node a hundred namespaces have nothing to tell for each that has.
    @Test
    void asksOnlyNamespacesThatHaveSomethingToTell() throws IOException {
        try (var reader = reader(_ -> {})) {
            reader.findPods();
            reader.readChanges(open);
            Shell.run("ip", "-n", OWN + "-p-a", "route", "add", "10.99.0.0/16", "via", "10.1.0.254");

            reader.readChanges(Set.of());
            assertThat(routes(reader)).doesNotContain("10.99.0.0/16");
            reader.readChanges(open);
            assertThat(routes(reader)).contains("10.99.0.0/16");
        }
    }

    /// The kernel tells of none of them: how many slow reads it takes at most is what docs/agent.md promises.
    @ParameterizedTest(name = "{0} within {1} slow reads after {2}")
    @CsvSource({
        "eth0.accept_local, 1, 0",
        "all.arp_ignore, 2, 0",
        "default.arp_announce, 6, 0",
        "eth0.accept_local, 2, 20",
        "all.arp_ignore, 2, 20",
        "default.arp_announce, 6, 20"
    })
    void seesSysctlsThatNoEventTellsOf(String parameter, int slowReads, int before) throws IOException {
        var name = "net.ipv4.conf." + parameter;
        try (var reader = reader(_ -> {})) {
            reader.findPods();
            readSlow(reader, before);
            assertThat(sysctl(reader, name)).isEqualTo("0");
            Shell.run("ip", "netns", "exec", OWN + "-p-a", "sysctl", "-qw", name + "=1");

            readSlow(reader, slowReads);

            assertThat(sysctl(reader, name)).isEqualTo("1");
        }
    }

    @Test
    void seesListenersThatNoEventTellsOf() throws IOException {
        try (var reader = reader(_ -> {})) {
            reader.findPods();
            assertThat(listeners(reader)).isEmpty();

            try (var socket = thread.in(NAMES.resolve(OWN + "-p-a"), ServerSocketChannel::open)) {
                socket.bind(new InetSocketAddress(8080));
                reader.readSlow();
                assertThat(listeners(reader)).containsExactly(new Listener(Protocol.TCP, null, 8080));
            }
            reader.readSlow();
            assertThat(listeners(reader)).isEmpty();
        }
    }

    /// What changes once may change again; traffic alone, which makes neighbours change, does not count. An odd number
    /// of turns lies between the two changes, so that one of them meets a turn that is left out.
    @ParameterizedTest(name = "after {0}: {1} of 2 changes seen at once")
    @CsvSource({
        "route replace 10.99.0.0/16 via 10.1.0.25%s, 2",
        "neigh replace 10.1.0.77 lladdr 02:00:00:00:00:77 dev eth0, 1"
    })
    void readsAPodInEverySecondTurnUntilSomethingChanges(String change, int seen) throws IOException {
        try (var reader = reader(_ -> {})) {
            awaitDevices();
            reader.findPods();
            int atOnce = 0;
            for (var value : List.of("1", "0")) {
                readSlow(reader, 21);
                Shell.run(("ip -n " + OWN + "-p-a " + change.formatted(value)).split(" ", -1));
                readSlow(reader, 1);
                Shell.run("ip", "netns", "exec", OWN + "-p-a", "sysctl", "-qw", ACCEPT_LOCAL + "=" + value);
                readSlow(reader, 1);
                atOnce += value.equals(sysctl(reader, ACCEPT_LOCAL)) ? 1 : 0;
            }
            assertThat(atOnce).isEqualTo(seen);
        }
    }

    /// The kernel tells later that devices have a carrier, and of addresses that nobody else has.
    private static void awaitDevices() {
        Shell.run("ip", "netns", "exec", OWN + "-p-a", "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Shell.run("ip", "-n", OWN + "-p-a", "-o", "link", "show", "up")
                        .lines()
                        .filter(line -> !line.contains(" lo:"))
                        .allMatch(line -> line.contains(" state UP ")));
    }

    private void readSlow(NodeReader reader, int times) {
        for (int i = 0; i < times; i++) {
            reader.readChanges(open);
            reader.readSlow();
        }
    }

    private static @Nullable List<Listener> listeners(NodeReader reader) {
        return reader.podReports().getFirst().network().listeners();
    }

    private static @Nullable String sysctl(NodeReader reader, String name) {
        var sysctls = reader.podReports().getFirst().network().network().sysctls();
        return Objects.requireNonNull(sysctls).get(name);
    }

    private static String routes(NodeReader reader) {
        return Objects.requireNonNull(
                        reader.podReports().getFirst().network().network().routes())
                .toString();
    }

    private static void batch(String what) {
        var lines = IntStream.range(0, ROUTES)
                .mapToObj(i -> "route %s 10.50.%d.%d/32 via 10.1.0.254%n".formatted(what, i / 250, i % 250))
                .collect(Collectors.joining());
        assertThat(Shell.feed(lines, "ip", "-n", OWN + "-p-a", "-batch", "-").err())
                .isEmpty();
    }
}
