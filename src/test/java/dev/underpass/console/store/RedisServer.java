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
import java.util.List;
import java.util.stream.Stream;

/// A real `redis-server` on a loopback port of its own. It keeps its port when it is stopped, and its data as well
/// where it
/// is to.
public final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final int port;
    private final ServerProcess process;

    private RedisServer(Path folder, boolean keeping) throws IOException {
        port = ServerProcess.freePort();
        var command = List.of(
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
                "always");
        process = new ServerProcess(command, folder.resolve("redis.log"), this::answers);
    }

    /// One that is running, and forgets everything when it stops; the test is skipped where there is no program.
    public static RedisServer forgetful() {
        return started(false);
    }

    /// One that is running, and has everything again when it starts again.
    public static RedisServer keeping() {
        return started(true);
    }

    private static RedisServer started(boolean keeping) {
        assumeTrue(installed(), "needs redis-server, which scripts/setup installs");
        try {
            var server = new RedisServer(Files.createTempDirectory("underpass-redis"), keeping);
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
            return socket.getInputStream().read() == '+';
        } catch (IOException _) {
            return false;
        }
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
