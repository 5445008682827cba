package dev.underpass.kubeapi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server that a test runs as a process of its own, and kills.
public final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOG_TAIL = 4_000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> command;
    private final Path folder;
    private final Path log;
    private final BooleanSupplier ready;
    private @Nullable Process process;

    /// @param log where its output goes
    /// @param ready whether it answers
    public ServerProcess(List<String> command, Path log, BooleanSupplier ready) {
        this(command, Path.of(""), log, ready);
    }

    /// @param folder where it runs
    /// @param log where its output goes
    /// @param ready whether it answers
    public ServerProcess(List<String> command, Path folder, Path log, BooleanSupplier ready) {
        this.command = command;
        this.folder = folder;
        this.log = log;
        this.ready = ready;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Starts it, where it does not run, and waits until it answers.
    ///
    /// @throws IOException where it does not answer in time, with the end of its log
    public void start() throws IOException {
        if (process != null && process.isAlive()) {
            return;
        }
        var started = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        var deadline = Instant.now().plus(PATIENCE);
        while (!ready.getAsBoolean()) {
            if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                kill();
                throw new IOException(command.getFirst() + " does not answer: " + tail());
            }
            pause();
        }
    }

    private String tail() throws IOException {
        var text = Files.readString(log);
        return text.substring(Math.max(0, text.length() - LOG_TAIL));
    }

    static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// What a server of this machine answers to one GET.
    public static HttpResponse<String> get(int port, String path) throws IOException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
