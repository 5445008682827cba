package dev.underpass;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recorded clusters in `src/test/resources/bundles`, each with what real packets did in it.
public final class Recordings {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Recordings() {}

    /// The names of all recordings.
    public static List<String> names() {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString().replace(".tar.gz", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Recordings.class.getResource("/bundles"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path path(String name) {
        return folder().resolve(name + ".tar.gz");
    }

    /// Writes a recording as a directory of its name into the folder.
    public static void unpack(String name, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(path(name))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var file = folder.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.write(file, tar.readAllBytes());
                }
            }
        }
    }

    public static ClusterSnapshot read(String name) {
        try {
            return BundleReader.read(path(name));
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The recording's `truth.json`.
    public static JsonNode truth(String name) {
        return truth(path(name));
    }

    /// The `truth.json` in any packed bundle.
    public static JsonNode truth(Path archive) {
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith("/truth.json")) {
                    return JSON.readTree(tar.readAllBytes());
                }
            }
            throw new IllegalStateException("no truth.json in " + archive);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
