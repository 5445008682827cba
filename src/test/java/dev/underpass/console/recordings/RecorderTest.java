package dev.underpass.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Recordings;
import dev.underpass.Shell;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.RefusedException;
import dev.underpass.console.Reported;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.capture.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/// When the cluster is recorded.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
class RecorderTest {

    private static final TestClock TIME = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));

    /// Only to be put in place of the console's own.
    @SuppressWarnings("UnusedVariable")
    @TestBean(methodName = "time")
    private @Nullable Clock clock;

    @Autowired
    private CurrentAnalysis analysis;

    @LocalServerPort
    private int port;

    @Autowired
    private Recorder recorder;

    @Autowired
    private RecordingFiles files;

    @Autowired
    private RecordingSettings settings;

    @Autowired
    private Captures captures;

    static Clock time() {
        return TIME;
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) throws IOException {
        var directory = Files.createTempDirectory("recordings");
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("healthy"));
        registry.add("underpass.recordings.directory", directory::toString);
        registry.add("underpass.recordings.every", () -> "1h");
    }

    /// What was recorded by another test is gone, and nothing is recorded but when a test has it.
    @BeforeEach
    void begin() throws IOException {
        recorder.destroy();
        for (var recording : files.newestFirst()) {
            files.delete(recording);
        }
    }

    private List<String> reasons() {
        return files.newestFirst().reversed().stream().map(Recording::why).toList();
    }

    /// Takes node1's report from another recorded cluster.
    private void report(String of) throws Exception {
        var report = Objects.requireNonNull(
                BundleReader.bundle(Recordings.path(of)).reports().get(new NodeName("node1")));
        Reported.at(TIME.instant(), report, analysis);
        TIME.advance(Duration.ofSeconds(5));
    }

    @Test
    void itIsWhenItIsTimeAndWhenFindingsComeOrGoButNotTooOften() throws Exception {
        recorder.check();
        recorder.check();
        assertThat(reasons()).containsExactly("interval");

        TIME.advance(Duration.ofMinutes(5));
        report("hijack-route-deleted");
        recorder.check();
        assertThat(reasons()).containsExactly("interval", "findings");
        assertThat(files.newestFirst().getFirst().codes()).contains("U22");

        TIME.advance(Duration.ofSeconds(20));
        report("healthy");
        recorder.check();
        assertThat(reasons()).as("within a minute of the last").hasSize(2);
        TIME.advance(Duration.ofMinutes(1));
        report("healthy");
        recorder.check();
        assertThat(reasons()).containsExactly("interval", "findings", "findings");
        assertThat(files.newestFirst().getFirst().codes()).doesNotContain("U22");

        TIME.advance(Duration.ofMinutes(30));
        report("healthy");
        recorder.check();
        assertThat(reasons()).as("nothing changed").hasSize(3);
        TIME.advance(Duration.ofMinutes(30));
        report("healthy");
        recorder.check();
        assertThat(reasons()).endsWith("interval").hasSize(4);

        TIME.advance(Duration.ofHours(2));
        var directory = Objects.requireNonNull(settings.directory());
        var away = Path.of(directory + ".away");
        Files.move(directory, away);
        recorder.check();
        Files.move(away, directory);
        assertThat(reasons()).as("nowhere to write").hasSize(4);
        report("healthy");
        recorder.check();
        assertThat(reasons()).as("the next attempt").hasSize(5);
    }

    @Test
    void whatIsWrittenCountsAlsoWhereTheOldestCannotBeRemoved() throws Exception {
        var old = Written.at(TIME.instant().minus(Duration.ofDays(30)));
        files.write(old, new byte[] {1});
        // Nobody can delete a directory with something in it, as one can a file.
        var bundle = files.bundle(old);
        Files.delete(bundle);
        Files.createFile(Files.createDirectory(bundle).resolve("something"));
        report("healthy");

        recorder.check();

        assertThat(files.newestFirst()).hasSize(2).contains(old);
        assertThat(page())
                .contains("Not all of the older recordings could be removed, such as " + old.id() + " in "
                        + settings.directory() + ": DirectoryNotEmptyException");
        Files.delete(bundle.resolve("something"));
        TIME.advance(Duration.ofHours(2));
        report("healthy");
        recorder.check();
        assertThat(files.newestFirst()).hasSize(2).doesNotContain(old);
        assertThat(page()).doesNotContain("could be removed");
    }

    @Test
    void onAFullDiskWhatIsTooOldMakesRoomForTheNext() throws Exception {
        var directory = String.valueOf(settings.directory());
        var mounted = Shell.feed("", "mount", "-t", "tmpfs", "-o", "size=96k", "none", directory);
        assumeTrue(mounted.status() == 0, "needs root, to have a small disk");
        var another = new Recorder(settings, files, analysis, captures, TIME);
        try {
            report("healthy");
            var asking = MockServerWebExchange.from(MockServerHttpRequest.post("/recordings"));
            var old = Written.at(TIME.instant().minus(Duration.ofDays(30)));
            files.write(old, new byte[88 << 10]);

            assertThatThrownBy(() -> another.asked(asking).block())
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("The recording cannot be written to " + directory + ": No space left on device");

            another.check();
            assertThat(files.newestFirst()).hasSize(1).doesNotContain(old);
        } finally {
            another.destroy();
            Shell.run("umount", directory);
        }
    }

    private String page() {
        return Clients.page(port, "/recordings");
    }
}
