package dev.underpass.agent.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The pages of files that the process has mapped: the JVM's code and the classes in its archive.
///
/// The start touches most of them, going on only a part.
public final class FilePages {

    private static final int MADV_DONTNEED = 4;

    private FilePages() {}

    /// Where unchanged pages of a file are mapped.
    record Mapping(long start, long size) {}

    /// Takes them out of the process; whatever is needed again comes back from the page cache, `madvise(2)`.
    ///
    /// @return how many bytes were mapped there, resident or not
    /// @throws IOException if the process' mappings cannot be read
    public static long release() throws IOException {
        long released = 0;
        for (var mapping : clean()) {
            released += Libc.madvise(mapping.start(), mapping.size(), MADV_DONTNEED) == 0 ? mapping.size() : 0;
        }
        return released;
    }

    private static List<Mapping> clean() throws IOException {
        try (var smaps = Files.newBufferedReader(Path.of("/proc/self/smaps"))) {
            return clean(smaps);
        }
    }

    /// The mappings of files that cannot be written, and have no page of which the process has its own copy, from the
    /// lines of `/proc/PID/smaps`.
    static List<Mapping> clean(BufferedReader smaps) throws IOException {
        var mappings = new ArrayList<Mapping>();
        var head = "";
        for (var line = smaps.readLine(); line != null; line = smaps.readLine()) {
            if (Character.isUpperCase(line.charAt(0))) {
                if (line.startsWith("Anonymous:") && line.endsWith(" 0 kB") && isReadOnlyFile(head)) {
                    mappings.add(mapping(head.substring(0, head.indexOf(' '))));
                }
            } else {
                head = line;
            }
        }
        return mappings;
    }

    /// Of `START-END r-xp OFFSET DEVICE INODE  PATH`; the kernel's own, such as `[vdso]`, have no path.
    private static boolean isReadOnlyFile(String head) {
        return head.contains(" r-") && head.contains(" /");
    }

    private static Mapping mapping(String range) {
        int dash = range.indexOf('-');
        long start = Long.parseUnsignedLong(range.substring(0, dash), 16);
        return new Mapping(start, Long.parseUnsignedLong(range.substring(dash + 1), 16) - start);
    }
}
