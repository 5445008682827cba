package dev.underpass.console.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A file that holds what waits while the store is away, so that it outlives the process as well; a line of JSON each.
final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final long MOST_BYTES = 32 << 20;

    private final @Nullable Path file;
    private boolean empty;

    /// Something that waits.
    record Line(Topic topic, Told told) {}

    /// @param file absent where there is to be none
    Spool(@Nullable Path file) {
        this.file = file;
    }

    /// What an earlier process left.
    synchronized List<Line> lines() {
        var lines = new ArrayList<Line>();
        if (file != null && Files.exists(file)) {
            try {
                for (var line : Files.readAllLines(file, UTF_8)) {
                    read(line, lines);
                }
            } catch (IOException e) {
                LOG.error("What an earlier process left for the store cannot be read: {}", e.toString());
            }
        }
        return lines;
    }

    /// The last line of a process that was killed may be torn.
    private static void read(String line, List<Line> lines) {
        try {
            lines.add(JSON.readValue(line, Line.class));
        } catch (JacksonException e) {
            LOG.warn("A line that an earlier process left for the store cannot be read: {}", e.getOriginalMessage());
        }
    }

    synchronized void append(Line line) {
        if (file == null) {
            return;
        }
        empty = false;
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                LOG.error("Too much waits for the store: the newest is in memory alone");
                return;
            }
            Files.writeString(
                    file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.error("What waits for the store is in memory alone: {}", e.toString());
        }
    }

    /// Nothing waits any more.
    synchronized void clear() {
        if (file == null || empty) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            empty = true;
        } catch (IOException e) {
            LOG.warn("What the store has by now is still in a file: {}", e.toString());
        }
    }
}
