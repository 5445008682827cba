package dev.underpass.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class CapabilitiesTest {

    private static final String NAME = "underpass" + ProcessHandle.current().pid() + "-cap";

    @Test
    void threeCapabilitiesAreEnoughToReadANamespace() throws Exception {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and ip(8)");
        Shell.run("ip", "netns", "add", NAME);
        try {
            var work = new FutureTask<>(CapabilitiesTest::withoutTheOthers);
            // Of this thread alone, and of what it starts.
            Thread.ofPlatform().start(work);

            assertThat(work.get()).containsExactly(kept(), kept(), "lo");
        } finally {
            Shell.run("ip", "netns", "del", NAME);
        }
        assertThat(effective(Path.of("/proc/thread-self/status"))).isNotEqualTo(kept());
    }

    private static List<String> withoutTheOthers() throws Exception {
        Capabilities.keepOnlyThese();
        var child = Shell.run("grep", "CapEff", "/proc/self/status")
                .replaceAll("\\s+", " ")
                .strip();
        try (var thread = new NamespaceThread();
                var socket = thread.in(Path.of("/run/netns", NAME), () -> RouteSocket.open(new NetlinkBuffer()))) {
            return List.of(
                    effective(Path.of("/proc/thread-self/status")),
                    child,
                    socket.devices().links().getFirst().name().value());
        }
    }

    private static String kept() {
        long bits = 0;
        for (var capability : Capabilities.values()) {
            bits |= capability.bit();
        }
        return "CapEff: %016x".formatted(bits);
    }

    private static String effective(Path status) throws Exception {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("CapEff"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\s+", " ");
    }
}
