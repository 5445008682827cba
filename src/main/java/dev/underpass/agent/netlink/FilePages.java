package dev.underpass.agent.netlink;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
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
        for (var mapping : clean(Files.readAllLines(Path.of("/proc/self/smaps")))) {
            var memory = MemorySegment.ofAddress(mapping.start()).reinterpret(mapping.size());
            released += Libc.madvise(memory, MADV_DONTNEED) == 0 ? mapping.size() : 0;
        }
        return released;
    }

    /// The mappings of files that cannot be written, and have no page of which the process has its own copy, from the
    /// lines of `/proc/PID/smaps`.
    static List<Mapping> clean(List<String> smaps) {
        var mappings = new ArrayList<Mapping>();
        var head = new String[0];
        for (var line : smaps) {
            var words = line.split(" +", 6);
            if (words[0].endsWith(":")) {
                if (words[0].equals("Anonymous:") && words[1].equals("0") && isReadOnlyFile(head)) {
                    mappings.add(mapping(head[0]));
                }
            } else {
                head = words;
            }
        }
        return mappings;
    }

    private static boolean isReadOnlyFile(String[] head) {
        return head.length == 6 && head[1].startsWith("r-") && head[5].startsWith("/");
    }

    private static Mapping mapping(String range) {
        int dash = range.indexOf('-');
        long start = Long.parseUnsignedLong(range.substring(0, dash), 16);
        return new Mapping(start, Long.parseUnsignedLong(range.substring(dash + 1), 16) - start);
    }
}
