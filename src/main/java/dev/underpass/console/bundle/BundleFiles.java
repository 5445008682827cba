package dev.underpass.console.bundle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/// The files of a bundle, from a directory, a `.tar.gz` or a `.zip`, read within limits.
final class BundleFiles {

    static final int MAX_FILES = 20_000;
    /// Whoever measures a very large cluster may allow more.
    static final long MAX_TOTAL_BYTES = Long.getLong("underpass.bundle.mebibytes", 512) << 20;

    static final long MAX_FILE_BYTES = MAX_TOTAL_BYTES / 8;

    private final String source;
    private final Map<String, byte[]> files = new TreeMap<>();
    private long totalBytes;

    private BundleFiles(String source) {
        this.source = source;
    }

    /// Reads everything; names are relative to the folder that holds `bundle.yaml`.
    static Map<String, byte[]> read(Path path) throws BundleException {
        var bundle = new BundleFiles(path.toString());
        try {
            bundle.readAny(path);
        } catch (IOException e) {
            throw new BundleException(path.toString(), "cannot be read: " + reason(e));
        }
        return bundle.rooted();
    }

    private static String reason(IOException e) {
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private void readAny(Path path) throws IOException, BundleException {
        var name = path.toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path)) {
            readDirectory(path);
        } else if (!Files.exists(path)) {
            throw new BundleException(source, "no such file or directory");
        } else if (name.endsWith(".zip")) {
            try (var zip = new ZipArchiveInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
                readArchive(zip);
            }
        } else if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(path), 1 << 16))) {
                readArchive(tar);
            }
        } else {
            throw new BundleException(source, "not a bundle: neither a directory nor a .tar.gz or .zip file");
        }
    }

    private void readDirectory(Path root) throws IOException, BundleException {
        var realRoot = root.toRealPath();
        try (var walk = Files.walk(root)) {
            for (var file : (Iterable<Path>) walk.sorted()::iterator) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                var name = root.relativize(file).toString();
                if (Files.isSymbolicLink(file) && !Files.exists(file)) {
                    throw new BundleException(source + "/" + name, "a link to nowhere");
                }
                if (!file.toRealPath().startsWith(realRoot)) {
                    throw new BundleException(source + "/" + name, "a link that leads out of the bundle");
                }
                if (Files.isRegularFile(file) && isWanted(name)) {
                    try (var input = Files.newInputStream(file)) {
                        add(name, input);
                    }
                }
            }
        }
    }

    private void readArchive(ArchiveInputStream<? extends ArchiveEntry> archive) throws IOException, BundleException {
        boolean any = false;
        for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            any = true;
            var name = entry.getName();
            checkName(name);
            if (entry instanceof TarArchiveEntry tar && (tar.isSymbolicLink() || tar.isLink())) {
                throw new BundleException(source + "!" + name, "links are not allowed in a bundle");
            }
            if (!entry.isDirectory() && isWanted(name)) {
                add(name.startsWith("./") ? name.substring(2) : name, archive);
            }
        }
        if (!any) {
            throw new BundleException(source, "not an archive, or an empty one");
        }
    }

    private void checkName(String name) throws BundleException {
        boolean climbs = java.util.Arrays.asList(name.split("[/\\\\]")).contains("..");
        if (climbs || name.startsWith("/") || name.contains("\\") || name.contains("\0")) {
            throw new BundleException(source + "!" + name, "a name that leads out of the bundle");
        }
    }

    /// Documents only; pictures, logs and archives within are left alone.
    private static boolean isWanted(String name) {
        return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private void add(String name, InputStream input) throws IOException, BundleException {
        if (files.size() >= MAX_FILES) {
            throw new BundleException(source, "more than " + MAX_FILES + " files");
        }
        var content = input.readNBytes((int) Math.min(MAX_FILE_BYTES, MAX_TOTAL_BYTES - totalBytes) + 1);
        if (content.length > MAX_FILE_BYTES) {
            throw new BundleException(source + "/" + name, "larger than " + (MAX_FILE_BYTES >> 20) + " MiB");
        }
        totalBytes += content.length;
        if (totalBytes > MAX_TOTAL_BYTES) {
            throw new BundleException(source, "larger than " + (MAX_TOTAL_BYTES >> 20) + " MiB unpacked");
        }
        if (files.put(name, content) != null) {
            throw new BundleException(source + "!" + name, "twice in the archive");
        }
    }

    /// Takes off the one top folder that an archive may have.
    private Map<String, byte[]> rooted() throws BundleException {
        if (files.containsKey("bundle.yaml")) {
            return files;
        }
        var marker = files.keySet().stream()
                .filter(name -> name.endsWith("/bundle.yaml") && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst()
                .orElseThrow(() -> new BundleException(source, "not a bundle: it has no bundle.yaml"));
        var prefix = marker.substring(0, marker.indexOf('/') + 1);
        var result = new TreeMap<String, byte[]>();
        files.forEach((name, content) -> {
            if (name.startsWith(prefix)) {
                result.put(name.substring(prefix.length()), content);
            }
        });
        return result;
    }
}
