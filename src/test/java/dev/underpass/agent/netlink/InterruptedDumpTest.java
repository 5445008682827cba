package dev.underpass.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Dumps of more than one message buffer, with something happening between the first and the last.
@Tag("netns")
class InterruptedDumpTest {

    private static final String NAME = "underpass" + ProcessHandle.current().pid() + "-id";
    private static final Path NAMESPACE = Path.of("/run/netns", NAME);
    private static final int GETLINK = 18;
    private static final int PAIRS = 60;

    private final NetlinkBuffer buffer = new NetlinkBuffer();
    private final AtomicInteger decoded = new AtomicInteger();
    private NamespaceThread thread;

    @BeforeEach
    void build() throws IOException {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        Shell.run("ip", "netns", "add", NAME);
        var pairs = IntStream.range(0, PAIRS)
                .mapToObj("link add a%1$d type veth peer name b%1$d%n"::formatted)
                .collect(Collectors.joining());
        assertThat(Shell.feed(pairs, "ip", "-n", NAME, "-batch", "-").err()).isEmpty();
        thread = new NamespaceThread();
    }

    @AfterEach
    void remove() {
        if (thread != null) {
            thread.close();
            Shell.feed("", "ip", "netns", "del", NAME);
        }
    }

    /// Does something once, after the first device of a dump.
    private NetlinkSocket.Decoder<Integer> atTheFirst(Runnable happening) {
        return (_, message) -> {
            if (decoded.getAndIncrement() == 0) {
                happening.run();
            }
            return message.i32(4);
        };
    }

    @Test
    void repeatsADumpThatAChangeInterrupted() throws IOException {
        var opened = thread.in(NAMESPACE, () -> NetlinkSocket.open(NetlinkSocket.ROUTE, buffer));
        try (var socket = opened) {
            var devices = socket.dump(
                    "links",
                    GETLINK,
                    NetlinkSocket.payload(16),
                    atTheFirst(() -> Shell.run("ip", "-n", NAME, "link", "del", "a7")));

            assertThat(devices).hasSize(1 + 2 * (PAIRS - 1)).doesNotHaveDuplicates();
            assertThat(decoded).hasValueGreaterThan(devices.size());
        }
    }

    /// The descriptor keeps the namespace for as long as it is open, whoever deletes its name: a dump is whole.
    @Test
    void endsADumpOfANamespaceThatIsDeletedMeanwhile() throws IOException {
        var opened = thread.in(NAMESPACE, () -> NetlinkSocket.open(NetlinkSocket.ROUTE, buffer));
        try (var socket = opened) {
            var devices = socket.dump(
                    "links",
                    GETLINK,
                    NetlinkSocket.payload(16),
                    atTheFirst(() -> Shell.run("ip", "netns", "del", NAME)));

            assertThat(devices).hasSize(1 + 2 * PAIRS).doesNotHaveDuplicates();
        }
        assertThatThrownBy(() -> thread.in(NAMESPACE, () -> 1)).hasMessageContaining("No such file");
    }
}
