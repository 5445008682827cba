package dev.underpass;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Runs commands for tests that hold our code against the kernel.
public final class Shell {

    private Shell() {}

    /// What a command printed, and how it ended.
    public record Result(int status, String out, String err) {}

    /// Whether this test may make network namespaces: as root, with the tools there.
    public static boolean canMakeNamespaces() {
        return "root".equals(System.getProperty("user.name"))
                && Stream.of("/sbin/ip", "/usr/sbin/ip", "/bin/ip").anyMatch(path -> Files.isExecutable(Path.of(path)));
    }

    /// Runs a command that must succeed.
    public static String run(String... command) {
        var result = feed("", command);
        if (result.status() != 0) {
            throw new IllegalStateException(List.of(command) + ": " + result.err());
        }
        return result.out();
    }

    /// Runs a command with a text on its standard input.
    public static Result feed(String input, String... command) {
        try {
            var out = Files.createTempFile("out", ".txt");
            var err = Files.createTempFile("err", ".txt");
            var process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var result = new Result(process.waitFor(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(List.of(command).toString(), e);
        }
    }
}
