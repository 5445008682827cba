package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.report.HostReport;
import dev.underpass.report.NodeReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How reports are sent again, with time that passes only in the test.
class SenderTest {

    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private FakeConsole console;
    private Sender sender;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        console = new FakeConsole();
        var client = new ConsoleClient(console.uri(), "node1", null, null);
        sender = new Sender(client, Duration.ofHours(1), () -> Instant.EPOCH, this::waited);
        thread = Thread.ofPlatform().daemon().start(sender);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        console.close();
    }

    /// The node changes during every wait; the console comes back when a minute has passed.
    private void waited(Duration wait) {
        waits.add(wait);
        sender.offer(report("during wait " + waits.size()));
        var passed = waits.stream().reduce(Duration.ZERO, Duration::plus);
        if (passed.compareTo(OUTAGE) >= 0) {
            try {
                console.restart();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static NodeReport report(String kernel) {
        var host = HostReport.NOT_OBSERVED;
        return new NodeReport(
                "node1",
                0,
                "",
                "test",
                Instant.EPOCH,
                new HostReport(host.namespace(), kernel, null, null, null, List.of()),
                List.of(),
                List.of());
    }

    private static String kernel(NodeReport report) {
        return String.valueOf(report.host().kernelRelease());
    }

    @Test
    void sendsOnlyTheNewestStateWholeWhenTheConsoleWasGoneForAMinute() {
        sender.offer(report("before"));
        var before = console.await("at all", report -> kernel(report).equals("before"));
        console.stop();

        sender.offer(report("after"));
        var after = console.await("after the outage", report -> kernel(report).startsWith("during wait"));

        assertThat(kernel(after)).isEqualTo("during wait " + waits.size());
        assertThat(console.sequences()).hasSize(2);
        assertThat(console.newestText()).doesNotContain("changesSince");
        assertThat(after.bootId()).isEqualTo(before.bootId());
        // Each report that is put together has the next number: one may be before anybody knew, none during the outage.
        assertThat(after.sequence()).isBetween(before.sequence() + 1, before.sequence() + 2);
        assertThat(waits).hasSizeBetween(6, 12).allMatch(wait -> wait.compareTo(Duration.ofSeconds(20)) <= 0);
        assertThat(waits.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(500));
    }
}
