package dev.underpass.console.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Recordings in a directory of their own, with a count of how often somebody but the recorder has listed them.
public final class CountedFiles extends RecordingFiles {

    private final Path directory;
    private final AtomicInteger times = new AtomicInteger();

    private CountedFiles(Path directory) {
        super(Written.settings(directory));
        this.directory = directory;
    }

    public static CountedFiles somewhere() {
        try {
            return new CountedFiles(Files.createTempDirectory("recordings"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    @Override
    public synchronized List<Recording> newestFirst() {
        if (!Thread.currentThread().getName().startsWith("recorder")) {
            times.incrementAndGet();
        }
        return super.newestFirst();
    }

    /// How often they were listed since this was last asked.
    public int times() {
        return times.getAndSet(0);
    }
}
