package dev.underpass.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.UnknownBaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The console's side of the protocol: keeps the newest report, takes changes to it, and gives commands.
final class FakeConsole implements AutoCloseable {

    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<Long> sequences = new CopyOnWriteArrayList<>();
    private final int port;
    private HttpServer server;
    private volatile int status = 204;
    private volatile boolean takesChanges = true;
    private volatile @Nullable NodeReport newest;
    private volatile String newestText = "";

    FakeConsole() throws IOException {
        server = start(0);
        port = server.getAddress().getPort();
    }

    private HttpServer start(int at) throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        started.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        started.createContext("/api/v1/nodes/", this::handle);
        started.start();
        return started;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Gone, as when its Pod is killed.
    void stop() {
        server.stop(0);
    }

    /// Back, without what it knew.
    void restart() throws IOException {
        newest = null;
        server = start(port);
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    void takesOnlyWholeReports() {
        takesChanges = false;
    }

    void command(String event, String data) {
        commands.add("event: " + event + "\ndata: " + data + "\n\n");
    }

    List<Integer> sizes() {
        return sizes;
    }

    /// The newest upload as it was sent, unpacked.
    String newestText() {
        return newestText;
    }

    List<String> tokens() {
        return tokens;
    }

    List<Long> sequences() {
        return sequences;
    }

    /// Waits for a report that holds for the condition.
    NodeReport await(String what, Predicate<NodeReport> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            var report = newest;
            if (report != null && condition.test(report)) {
                return report;
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("no report " + what + "; the newest is " + newest);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            stream(exchange);
            return;
        }
        var token = exchange.getRequestHeaders().getFirst("Authorization");
        tokens.add(token == null ? "" : token);
        var packed = exchange.getRequestBody().readAllBytes();
        int answer = status == 204 ? take(packed) : status;
        if (takesChanges) {
            exchange.getResponseHeaders().set("Underpass-Changes", "accepted");
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private int take(byte[] packed) throws IOException {
        try (var gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
            var json = gzip.readAllBytes();
            var report = ReportReader.read(json, this::base);
            newestText = new String(json, StandardCharsets.UTF_8);
            sizes.add(packed.length);
            sequences.add(report.sequence());
            newest = report;
            return 204;
        } catch (UnknownBaseException _) {
            return 409;
        } catch (ReportFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable NodeReport base(String node, String bootId, long sequence) {
        var report = newest;
        boolean known = report != null && report.bootId().equals(bootId) && report.sequence() == sequence;
        return known ? report : null;
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            while (true) {
                var command = commands.poll(1, TimeUnit.SECONDS);
                body.write((command == null ? ": still here\n\n" : command).getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
