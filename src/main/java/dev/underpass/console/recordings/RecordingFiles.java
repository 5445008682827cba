package dev.underpass.console.recordings;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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

    /// What was read, empty of what is no recording.
    private final Map<String, Optional<Recording>> known = new HashMap<>();

    private final Set<String> unread = new HashSet<>();

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
            unread.retainAll(ids);
            ids.forEach(this::learn);
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

    /// Reads one that is not known, and again the next time if it could not be read; that is told of once.
    private void learn(String id) {
        if (known.containsKey(id)) {
            return;
        }
        try {
            known.put(id, read(id, Files.readAllBytes(file(id, TOLD))));
            unread.remove(id);
        } catch (IOException e) {
            if (unread.add(id)) {
                LOG.warn("Recording {} cannot be read now: {}", id, e.toString());
            }
        }
    }

    private static Optional<Recording> read(String id, byte[] content) {
        try {
            var recording = JSON.readValue(content, Recording.class);
            if (recording.id().equals(id)) {
                return Optional.of(recording);
            }
            LOG.warn("Recording {} is left out: it is of {}", id, recording.id());
        } catch (JacksonException | NullPointerException e) {
            LOG.warn("Recording {} is left out: {}", id, e.toString());
        }
        return Optional.empty();
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

    /// Puts a recording there, its bundle first: what is told of is whole. Where there is no room for both, neither
    /// stays.
    void write(Recording recording, byte[] bundle) throws IOException {
        try (var packed = Draft.of(file(recording.id(), BUNDLE), bundle);
                var told = Draft.of(file(recording.id(), TOLD), JSON.writeValueAsBytes(recording))) {
            packed.done();
            told.done();
        }
    }

    /// What is to be a file, under a name of its own until it is done.
    private record Draft(Path draft, Path file) implements Closeable {

        static Draft of(Path file, byte[] content) throws IOException {
            var draft = new Draft(Files.createTempFile(file.getParent(), ".draft-", ""), file);
            try {
                Files.write(draft.draft(), content);
                return draft;
            } catch (IOException e) {
                draft.close();
                throw e;
            }
        }

        void done() throws IOException {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
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

    /// Takes one away, its bundle first: what could not be taken away is still told of.
    void delete(Recording recording) throws IOException {
        Files.deleteIfExists(bundle(recording));
        Files.deleteIfExists(file(recording.id(), TOLD));
    }
}
