package dev.underpass.console.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A bundle in one file, a `.tar.gz` of a directory.
public final class BundleArchive {

    private static final int ONLY_OWNER = 0600;

    private final String name;
    private final byte[] bytes;

    private BundleArchive(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /// The archive of a directory of that name with these files.
    static BundleArchive of(String directory, Map<String, byte[]> files, Instant now) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(directory + "/" + file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(ONLY_OWNER);
                entry.setModTime(Date.from(now));
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes no more", e);
        }
        return new BundleArchive(directory, bytes.toByteArray());
    }

    /// The directory's name.
    String name() {
        return name;
    }

    public byte[] bytes() {
        return bytes;
    }
}
