package dev.underpass.agent.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads many files of `/proc` one after the other, each by one read(2); for one thread.
public final class WholeFiles implements AutoCloseable {

    private static final int MAX_PATH = 4096;
    private static final int MAX_BYTES = 1 << 14;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment path = arena.allocate(MAX_PATH);
    private final MemorySegment buffer = arena.allocate(MAX_BYTES);

    /// The text of a file of at most 16 KiB; null where it cannot be read.
    public @Nullable String text(String file) {
        if (file.length() >= MAX_PATH / 4) {
            return null;
        }
        path.setString(0, file);
        int length = SmallFiles.read(SmallFiles.AT_FDCWD, path, buffer);
        return length < 0
                ? null
                : new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        arena.close();
    }
}
