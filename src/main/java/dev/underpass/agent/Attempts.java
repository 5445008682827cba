package dev.underpass.agent;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several things to read, each of which may fail by itself.
final class Attempts {

    private final List<String> errors = new ArrayList<>();

    /// One thing to read.
    @FunctionalInterface
    interface Attempt<T> {
        T read() throws IOException;
    }

    /// Reads it; null where that fails.
    ///
    /// @param what it is called in front of the reason
    <T> @Nullable T read(String what, Attempt<T> attempt) {
        try {
            return attempt.read();
        } catch (NoSuchFileException e) {
            errors.add(what + "no such file: " + e.getMessage());
        } catch (IOException e) {
            errors.add(what + e.getMessage());
        }
        return null;
    }

    /// Why some could not be read.
    List<String> errors() {
        return errors;
    }
}
