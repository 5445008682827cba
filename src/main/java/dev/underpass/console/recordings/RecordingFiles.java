package dev.underpass.console.recordings;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The recordings in their directory: of each a bundle, and beside it what is told without opening it. Replicas may
/// share one directory.
@Component
public class RecordingFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOLD = ".json";
    private static final String BUNDLE = ".tar.gz";

    private final @Nullable Path directory;
    private final Map<String, Optional<Recording>> known = new HashMap<>();

    /// Whether it could not be listed the last time.
    private boolean lost;

    RecordingFiles(RecordingSettings settings) {
        this.directory = settings.directory();
    }

    /// Whether anything is recorded.
    public boolean on() {
        return directory != null;
    }

    /// All that can be read, the newest first; while the directory cannot be, those that were there before.
    public synchronized List<Recording> newestFirst() {
        try {
            var ids = ids();
            known.keySet().retainAll(ids);
            ids.forEach(id -> known.computeIfAbsent(id, this::read));
            lost = false;
        } catch (IOException | DirectoryIteratorException e) {
            if (!lost) {
                LOG.warn("The recordings cannot be listed: {}", e.toString());
            }
            lost = true;
        }
        return known.values().stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Recording::at).reversed())
                .toList();
    }

    private Set<String> ids() throws IOException {
        var ids = new TreeSet<String>();
        if (directory == null) {
            return ids;
        }
        try (var files = Files.newDirectoryStream(directory, "*" + TOLD)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                var id = name.substring(0, name.length() - TOLD.length());
                if (Recording.isId(id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /// One that cannot be read is told of once, and is left out.
    private Optional<Recording> read(String id) {
        try {
            var recording = JSON.readValue(Files.readAllBytes(file(id, TOLD)), Recording.class);
            if (!recording.id().equals(id)) {
                throw new IOException("it is of " + recording.id());
            }
            return Optional.of(recording);
        } catch (IOException | JacksonException | NullPointerException e) {
            LOG.warn("Recording {} cannot be read: {}", id, e.toString());
            return Optional.empty();
        }
    }

    /// The one of this id.
    ///
    /// @throws NotFoundException if there is none
    public Recording recording(String id) {
        return newestFirst().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Phrases.NO_RECORDING.with(id)));
    }

    /// The file with the bundle of a recording that is there.
    public Path bundle(Recording recording) {
        return file(recording.id(), BUNDLE);
    }

    private Path file(String id, String ending) {
        if (directory == null) {
            throw new NotFoundException(Phrases.NO_RECORDING.with(id));
        }
        return directory.resolve(id + ending);
    }

    /// Puts a recording there, its bundle first: what is told of is whole.
    void write(Recording recording, byte[] bundle) throws IOException {
        write(file(recording.id(), BUNDLE), bundle);
        write(file(recording.id(), TOLD), JSON.writeValueAsBytes(recording));
    }

    private static void write(Path file, byte[] content) throws IOException {
        var draft = Files.createTempFile(file.getParent(), ".draft-", "");
        try {
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// How much room a recording takes.
    long bytes(Recording recording) {
        try {
            return Files.size(bundle(recording));
        } catch (IOException _) {
            // Another replica took it away.
            return 0;
        }
    }

    void delete(Recording recording) throws IOException {
        Files.deleteIfExists(file(recording.id(), TOLD));
        Files.deleteIfExists(bundle(recording));
    }
}
