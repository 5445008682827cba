package dev.underpass.agent.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/// Small files of one folder, such as `/proc/sys/net/ipv4/conf/all`, read again and again.
///
/// The kernel walks the long way to the folder once, `openat(2)`: half as long for every file.
public final class SmallFiles {

    private static final int MAX_BYTES = 256;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_DIRECTORY = 0x10000;
    static final int AT_FDCWD = -100;

    /// What most files hold.
    private static final String[] DIGITS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    private final MemorySegment folder;
    private final Map<String, MemorySegment> files = new LinkedHashMap<>();

    /// @param names of the files in the folder
    /// @param key what a file's text is called by its name
    public SmallFiles(String folder, List<String> names, UnaryOperator<String> key) {
        this.folder = Arena.global().allocateFrom(folder);
        names.forEach(name -> files.put(key.apply(name), Arena.global().allocateFrom(name)));
    }

    /// What the files' texts are called.
    public Set<String> keys() {
        return files.keySet();
    }

    /// Gives the text of each file that can be read, without the space at its end; folders are those of
    /// the current thread's namespaces.
    public void read(BiConsumer<String, String> texts) {
        int opened = Libc.openat(AT_FDCWD, folder, O_DIRECTORY | O_CLOEXEC);
        if (opened < 0) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(MAX_BYTES);
            files.forEach((key, file) -> {
                int length = read(opened, file, buffer);
                if (length > 0) {
                    texts.accept(key, text(buffer, length));
                }
            });
        } finally {
            Libc.close(opened);
        }
    }

    /// What one read(2) gives of a file.
    ///
    /// @return how many bytes; -1 if it cannot be read
    static int read(int folder, MemorySegment name, MemorySegment buffer) {
        int file = Libc.openat(folder, name, O_CLOEXEC);
        if (file < 0) {
            return -1;
        }
        try {
            return (int) Libc.read(file, buffer);
        } finally {
            Libc.close(file);
        }
    }

    private static String text(MemorySegment buffer, int length) {
        int first = buffer.get(ValueLayout.JAVA_BYTE, 0) - '0';
        if (length == 2 && first >= 0 && first < DIGITS.length) {
            return DIGITS[first];
        }
        var bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
