package dev.underpass.console.recordings;

import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.bundle.BundleWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.springframework.util.unit.DataSize;

/// Recordings that no console made.
public final class Written {

    private Written() {}

    /// Settings of a directory, and else as they are by default.
    static RecordingSettings settings(Path directory) {
        return new RecordingSettings(
                directory, Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofDays(14), DataSize.ofGigabytes(1));
    }

    /// The id of the recording of that time.
    public static String id(Instant at) {
        return at.toString().replaceAll("[-:]", "");
    }

    /// A recording of that time.
    static Recording at(Instant at, String... codes) {
        return new Recording(
                id(at),
                at,
                "interval",
                8,
                30,
                2,
                1,
                List.of(codes),
                Map.of("v4", new Recording.Use(BigInteger.TWO, BigInteger.TEN)),
                Map.of());
    }

    /// Puts a bundle into a directory as the recording of that time.
    public static void put(Path directory, Instant at, Path bundle) throws IOException, BundleException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : BundleWriter.files(BundleReader.contents(bundle)).entrySet()) {
                var entry = new TarArchiveEntry("bundle/" + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        new RecordingFiles(settings(directory)).write(at(at, "U22"), bytes.toByteArray());
    }
}
