package dev.underpass.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Recordings;
import dev.underpass.Shell;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/// Recordings in a directory, in which anybody may have put anything.
class RecordingFilesTest {

    private static final Instant AT = Instant.parse("2026-11-23T10:30:00Z");

    @TempDir
    private Path directory;

    private RecordingFiles files;

    @BeforeEach
    void open() {
        files = new RecordingFiles(Written.settings(directory));
    }

    @Test
    void whatIsWrittenIsReadAgainAndLeavesNoDrafts() throws IOException {
        var older = Written.at(AT.minusSeconds(60), "U22", "U54");
        files.write(older, new byte[] {1, 2, 3});
        files.write(Written.at(AT), new byte[] {1});

        assertThat(new RecordingFiles(Written.settings(directory)).newestFirst())
                .containsExactly(Written.at(AT), older);
        assertThat(files.bytes(older)).isEqualTo(3);
        try (var entries = Files.list(directory)) {
            assertThat(entries).hasSize(4);
        }
    }

    @Test
    void whatAnotherReplicaDeletesIsGone() throws IOException {
        files.write(Written.at(AT), new byte[] {1});
        assertThat(files.newestFirst()).hasSize(1);

        new RecordingFiles(Written.settings(directory)).delete(Written.at(AT));

        assertThat(files.newestFirst()).isEmpty();
        assertThatThrownBy(() -> files.recording("20261123T103000Z")).isInstanceOf(NotFoundException.class);
    }

    /// The one is larger than the disk; the other fills it, so that what is told of it has no room.
    @ParameterizedTest
    @ValueSource(ints = {100_000, 65_536})
    void onAFullDiskNothingStaysOfWhatItHasNoRoomFor(int bytes) throws IOException {
        var disk = Files.createDirectory(directory.resolve("disk"));
        var mounted = Shell.feed("", "mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
        assumeTrue(mounted.status() == 0, "needs root, to have a small disk");
        try {
            files = new RecordingFiles(Written.settings(disk));

            assertThatThrownBy(() -> files.write(Written.at(AT), new byte[bytes]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");

            assertThat(disk).isEmptyDirectory();
            files.write(Written.at(AT), new byte[1000]);
            assertThat(files.newestFirst()).containsExactly(Written.at(AT));
        } finally {
            Shell.run("umount", disk.toString());
        }
    }

    @Test
    void whatCannotBeReadForAWhileIsThereAgainAfterwards() throws IOException {
        files.write(Written.at(AT), new byte[] {1});
        var told = directory.resolve("20261123T103000Z.json");
        var away = Files.move(told, directory.resolve("away"));
        Files.createDirectory(told);
        assertThat(files.newestFirst()).isEmpty();

        Files.delete(told);
        Files.move(away, told);

        assertThat(files.newestFirst()).containsExactly(Written.at(AT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20261123T103000Z.json | {"id": "20261123T103000Z"
            20261123T103000Z.json | []
            20261123T103000Z.json | {}
            20261123T103000Z.json | {"id": "../../etc/passwd", "at": "2026-11-23T10:30:00Z", "why": "x", "codes": [], "pools": {}, "receivedAt": {}}
            20261123T103000Z.json | {"id": "20261123T103000Z", "at": "yesterday", "why": "x", "codes": [], "pools": {}, "receivedAt": {}}
            other.json            | {"id": "other", "at": "2026-11-23T10:30:00Z", "why": "x", "codes": [], "pools": {}, "receivedAt": {}}
            """)
    void whatIsNoRecordingIsLeftOut(String name, String content) throws IOException {
        files.write(Written.at(AT.minusSeconds(60)), new byte[] {1});
        Files.writeString(directory.resolve(name), content);

        assertThat(files.newestFirst()).containsExactly(Written.at(AT.minusSeconds(60)));
    }

    @Test
    void whileTheDirectoryIsAwayWhatWasThereIsListed() throws IOException {
        var place = Files.createDirectory(directory.resolve("place"));
        files = new RecordingFiles(Written.settings(place));
        files.write(Written.at(AT), new byte[] {1});
        assertThat(files.newestFirst()).hasSize(1);

        Files.move(place, directory.resolve("away"));
        assertThat(files.newestFirst()).containsExactly(Written.at(AT));
        assertThatThrownBy(() -> files.write(Written.at(AT.plusSeconds(60)), new byte[] {1}))
                .isInstanceOf(IOException.class);

        Files.createDirectory(place);
        assertThat(files.newestFirst()).isEmpty();
    }

    @Test
    void aDamagedBundleIsSaidToBeAndAskedForAnew() throws Exception {
        files.write(Written.at(AT), "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var open = new OpenRecordings(files);

        assertThatThrownBy(() -> open.view("20261123T103000Z").block(Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.type()).isEqualTo("recording-damaged"))
                .hasMessageContaining("20261123T103000Z");
        Written.put(directory, AT, Recordings.path("hijack-route-deleted"));
        assertThat(open.view("20261123T103000Z").block(Duration.ofMinutes(1))).isNotNull();
        open.destroy();
    }

    @Test
    void whatTakesMoreMemoryThanThereIsIsNotOpened() throws IOException {
        // Its last four bytes say that four gigabytes are packed in it.
        files.write(Written.at(AT), new byte[] {0x1f, (byte) 0x8b, -1, -1, -1, -1});
        var open = new OpenRecordings(files);

        assertThatThrownBy(() -> open.view("20261123T103000Z").block(Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.type()).isEqualTo("memory"))
                .hasMessageContaining("24575 MiB");
        open.destroy();
    }

    @ParameterizedTest
    @CsvSource({
        "PT30S, P1D, P14D, 1GB, underpass.recordings.every: PT30S is not between PT1M and PT24H",
        "P2D, P1D, P14D, 1GB, underpass.recordings.every: PT48H is not between PT1M and PT24H",
        "PT10M, P2D, P1D, 1GB, 'underpass.recordings.keep: PT24H is shorter than PT48H, for which all are kept'",
        "PT10M, P1D, P14D, 0B, underpass.recordings.most: 0B is no room"
    })
    void settingsThatCannotBeAreRefused(Duration every, Duration whole, Duration keep, String most, String why) {
        assertThatThrownBy(() -> new RecordingSettings(directory, every, whole, keep, DataSize.parse(most)))
                .hasMessage(why);
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsRefused() {
        var nowhere = directory.resolve("nowhere");

        assertThatThrownBy(() -> Written.settings(nowhere))
                .hasMessage("underpass.recordings.directory: " + nowhere + " is no directory that can be written to");
        assertThat(new RecordingFiles(Written.settings(Path.of(""))).on()).isFalse();
    }
}
