package dev.underpass.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the tools that know the packet filter, inside of a network namespace.
final class Command {

    /// More than a whole report may hold.
    private static final int MAX_OUTPUT = 6 << 20;

    private static final String SECONDS = "20";

    private Command() {}

    /// Whether a tool is on the search path.
    static boolean exists(String tool) {
        var path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        for (var folder : (path + ":/usr/sbin:/sbin").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }

    /// What the command prints.
    ///
    /// @throws IOException if it fails, takes longer than 20 seconds, or prints more than a report may hold
    static String output(Path namespace, String... command) throws IOException {
        var words = new ArrayList<>(List.of("timeout", "-k", "1", SECONDS, "nsenter", "--net=" + namespace, "--"));
        words.addAll(List.of(command));
        var process = new ProcessBuilder(words).start();
        try (var out = process.getInputStream();
                var err = process.getErrorStream()) {
            process.getOutputStream().close();
            var text = out.readNBytes(MAX_OUTPUT + 1);
            if (text.length > MAX_OUTPUT) {
                throw new IOException("%s: more than %d bytes".formatted(command[0], MAX_OUTPUT));
            }
            var reason = new String(err.readNBytes(1000), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("%s: status %d%s"
                        .formatted(
                                command[0],
                                status,
                                reason.isEmpty()
                                        ? ""
                                        : ", " + reason.lines().findFirst().orElse("")));
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
