package dev.underpass.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Scripts among the resources, for the tests that ask pages in a browser.
final class Scripts {

    private Scripts() {}

    /// @param name beside this class, or from the root with a leading slash
    static String read(String name) {
        try (var script = Objects.requireNonNull(Scripts.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
