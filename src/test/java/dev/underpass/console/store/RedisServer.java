package dev.underpass.console.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.kubeapi.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A real `redis-server` on a loopback port of its own. It keeps its port when it is stopped, and its data as well
/// where it
/// is to.
public final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final int port;
    private final ServerProcess process;

    private RedisServer(Path folder, boolean keeping, List<String> more) throws IOException {
        port = ServerProcess.freePort();
        var command = new ArrayList<>(List.of(
                PROGRAM,
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                keeping ? "yes" : "no",
                "--appendfsync",
                "always"));
        command.addAll(more);
        process = new ServerProcess(command, folder.resolve("redis.log"), this::answers);
    }

    /// One that is running, and forgets everything when it stops; the test is skipped where there is no program.
    public static RedisServer forgetful() {
        return started(false, List.of());
    }

    /// One that is running, and has everything again when it starts again.
    public static RedisServer keeping() {
        return started(true, List.of());
    }

    /// One that keeps its data, with more settings.
    static RedisServer with(String... settings) {
        return started(true, List.of(settings));
    }

    private static RedisServer started(boolean keeping, List<String> more) {
        assumeTrue(installed(), "needs redis-server, which scripts/setup installs");
        try {
            var server = new RedisServer(Files.createTempDirectory("underpass-redis"), keeping, more);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var said = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            // One that wants a password says so.
            return said.equals("+PONG") || said.equals("-NOAU");
        } catch (IOException _) {
            return false;
        }
    }

    int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public void start() {
        try {
            process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it as a crash does.
    public void stop() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }
}
