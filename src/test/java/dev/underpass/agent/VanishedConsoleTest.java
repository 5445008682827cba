package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.agent.netlink.NamespaceThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A console whose node vanishes: no packet comes any more, and none says that the connection is over.
@Tag("netns")
class VanishedConsoleTest {

    private static final String OWN = "underpass" + ProcessHandle.current().pid() + "-van";
    private static final String NODE = OWN + "-node";
    private static final String CONSOLE = OWN + "-con";
    private static final int PORT = 8080;

    private @Nullable ServerSocket server;
    private @Nullable NamespaceThread node;

    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch openedAgain = new CountDownLatch(2);

    @BeforeEach
    void wire() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        Shell.run("ip", "netns", "add", NODE);
        Shell.run("ip", "netns", "add", CONSOLE);
        Shell.run("ip", "-n", NODE, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", CONSOLE);
        for (var end : List.of(List.of(NODE, "192.0.2.1/24"), List.of(CONSOLE, "192.0.2.2/24"))) {
            Shell.run("ip", "-n", end.getFirst(), "address", "add", end.getLast(), "dev", "eth0");
            Shell.run("ip", "-n", end.getFirst(), "link", "set", "eth0", "up");
        }
    }

    @AfterEach
    void unwire() throws IOException {
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
        Shell.feed("", "ip", "netns", "del", NODE);
        Shell.feed("", "ip", "netns", "del", CONSOLE);
    }

    private static Path named(String namespace) {
        return Path.of("/run/netns", namespace);
    }

    private void serve(ServerSocket socket) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!socket.isClosed()) {
                    var taken = socket.accept();
                    Thread.ofPlatform().daemon().start(() -> beat(taken));
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    private static void beat(Socket socket) {
        try (socket) {
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(": alive\n\n".getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(1_000);
            }
        } catch (IOException | InterruptedException _) {
            // The agent is gone, or the test is over.
        }
    }

    private void follow() throws IOException {
        var inside = new NamespaceThread();
        node = inside;
        var stream = new CommandStream(
                new ConsoleClient(URI.create("http://192.0.2.2:" + PORT), "node", null, null), new Opened());
        Thread.ofPlatform().daemon().start(() -> {
            try {
                inside.in(named(NODE), () -> {
                    stream.run();
                    return true;
                });
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    private final class Opened implements CommandStream.Handler {

        @Override
        public void opened() {
            opened.countDown();
            openedAgain.countDown();
        }

        @Override
        public void pods(List<CommandStream.PodName> pods) {}

        @Override
        public void probe(CommandStream.ProbeCommand command) {}

        @Override
        public void readNow() {}
    }

    private boolean isConnected() {
        return !Shell.run("ip", "netns", "exec", NODE, "ss", "-Htn", "state", "established", "dport", "=", ":" + PORT)
                .isBlank();
    }

    @Test
    void isNoticedByTheMissingHeartbeatsAndFoundWhenItIsBack() throws Exception {
        try (var console = new NamespaceThread()) {
            server = console.in(named(CONSOLE), () -> new ServerSocket(PORT, 50, InetAddress.getByName("192.0.2.2")));
        }
        serve(server);
        follow();
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();

        Shell.run("ip", "-n", CONSOLE, "link", "set", "eth0", "down");
        long most = System.nanoTime() + ConsoleClient.SILENCE.multipliedBy(2).toNanos();
        while (isConnected() && System.nanoTime() < most) {
            Thread.sleep(50);
        }

        assertThat(isConnected()).as("the connection to nobody").isFalse();
        Shell.run("ip", "-n", CONSOLE, "link", "set", "eth0", "up");
        assertThat(openedAgain.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
