package dev.underpass.console.bundle;

import dev.underpass.console.objects.Kinds;
import dev.underpass.net.IpPrefix;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Writes a bundle: all of it, or nothing. Only the user may read what it writes.
public final class BundleWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /// What a node may be called, so that its name can be a file's.
    private static final Pattern NODE = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private BundleWriter() {}

    /// The bundle's files by their names within it.
    ///
    /// @throws BundleException if a node's name cannot be a file's
    public static Map<String, byte[]> files(BundleContents contents) throws BundleException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("bundle.yaml", YAML.writeValueAsBytes(head(contents.head())));
        for (var kind : Kinds.ALL) {
            var objects = contents.of(kind);
            if (!objects.isEmpty()) {
                files.put("resources/" + kind.plural() + ".json", list(objects));
            }
        }
        for (var entry : contents.byNode().entrySet()) {
            if (!NODE.matcher(entry.getKey()).matches() || entry.getKey().contains("..")) {
                throw new BundleException("reports", "'%s' is no name of a node".formatted(entry.getKey()));
            }
            files.put("reports/" + entry.getKey() + ".json", json(entry.getValue()));
        }
        if (contents.fabric() != null) {
            files.put("fabric.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(contents.fabric()));
        }
        return files;
    }

    private static byte[] json(NodeReport report) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.write(report, bytes);
        var document = JSON.readTree(bytes.toByteArray());
        CniCredentials.removeFrom(document);
        return JSON.writeValueAsBytes(document);
    }

    private static Map<String, Object> head(BundleHead head) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("apiVersion", "underpass.dev/v1");
        fields.put("kind", "Bundle");
        fields.put("cluster", head.cluster());
        fields.put("capturedAt", head.capturedAt().toString());
        fields.put("comment", head.comment());
        fields.put("unobserved", head.unobserved());
        fields.put("absent", head.absent());
        if (!head.rangesSince().isEmpty()) {
            fields.put("rangesSince", ranges(head));
        }
        return fields;
    }

    private static List<Map<String, String>> ranges(BundleHead head) {
        return head.rangesSince().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(IpPrefix::toString)))
                .map(each -> Map.of(
                        "range",
                        each.getKey().toString(),
                        "since",
                        each.getValue().toString()))
                .toList();
    }

    private static byte[] list(List<JsonNode> objects) {
        var list = new LinkedHashMap<String, Object>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", objects);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(list);
    }

    /// Refuses a place where no bundle can be put.
    ///
    /// @throws BundleException naming the place and the reason
    public static void checkPlace(Path directory) throws BundleException {
        var place = directory.toString();
        if (Files.isSymbolicLink(directory)) {
            throw new BundleException(place, "a symbolic link; name the directory itself");
        }
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
            throw new BundleException(place, "exists, and is no directory");
        }
        if (!Files.isDirectory(parent(directory))) {
            throw new BundleException(parent(directory).toString(), "no such directory");
        }
        if (Files.isDirectory(directory)) {
            try (var entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new BundleException(place, "the directory is not empty");
                }
            } catch (IOException e) {
                throw new BundleException(place, "cannot be read: " + e.getMessage());
            }
        }
    }

    private static Path parent(Path directory) throws BundleException {
        var parent = directory.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new BundleException(directory.toString(), "not a place for a bundle");
        }
        return parent;
    }

    /// Writes the files beside the place, reads them as a bundle, and puts them there at once.
    ///
    /// @throws BundleException naming the place and the reason; then nothing is there
    public static void write(Map<String, byte[]> files, Path directory) throws BundleException {
        checkPlace(directory);
        Path draft = null;
        try {
            draft = Files.createTempDirectory(parent(directory), ".underpass-capture-", modes("rwx------"));
            for (var file : files.entrySet()) {
                write(draft.resolve(file.getKey()), file.getValue());
            }
            BundleReader.read(draft);
            Files.move(draft, directory.toAbsolutePath().normalize(), StandardCopyOption.ATOMIC_MOVE);
            draft = null;
        } catch (IOException e) {
            throw new BundleException(directory.toString(), "cannot be written: " + e);
        } finally {
            remove(draft);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        var folder = file.getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectory(folder, modes("rwx------"));
        }
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, modes("rw-------"))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static FileAttribute<?>[] modes(String modes) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes))}
                : new FileAttribute<?>[0];
    }

    private static void remove(@Nullable Path draft) {
        if (draft == null) {
            return;
        }
        try (var walk = Files.walk(draft)) {
            for (var file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // What failed before is told; the draft's name says what it is.
        }
    }
}
