package dev.underpass.kubeapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A Kubernetes API on loopback: lists by pages and watches; it can be stopped and started with all its objects.
public final class FakeKubeApi implements AutoCloseable {

    private static final int FIRST_PAGE_LIMIT = 500;

    private final ApiStore store = new ApiStore();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;
    private int port;

    /// Starts it, on the port that it had before.
    public void start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var started = HttpServer.create(address, 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        started.setExecutor(threads);
        started.createContext("/", this::answer);
        started.start();
        server = started;
        port = started.getAddress().getPort();
    }

    /// Ends all connections, too.
    public void stop() {
        Objects.requireNonNull(threads).shutdownNow();
        Objects.requireNonNull(server).stop(0);
    }

    @Override
    public void close() {
        stop();
    }

    /// Writes a kubeconfig that leads here.
    public Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: console, user: {token: t}}]
                contexts: [{name: test, context: {cluster: test, user: console}}]
                """.formatted(port));
    }

    /// Stores an object in a collection such as `/api/v1/pods`.
    public void put(String collection, String json) {
        store.put(collection, ApiStore.JSON.readTree(json));
    }

    public void put(String collection, JsonNode object) {
        store.put(collection, object);
    }

    public void delete(String collection, String namespace, String name) {
        store.delete(collection, namespace, name);
    }

    public List<ObjectNode> list(String collection) {
        return store.list(collection);
    }

    /// How many requests for the collection there were.
    public int asked(String collection) {
        return asked.getOrDefault(collection, 0);
    }

    /// Refuses every version before this one with 410, as after a compaction of etcd.
    public void expire() {
        store.compact();
    }

    /// Serves the collection no more, or again: as if its CRD were deleted, or installed.
    public void absent(String collection, boolean isAbsent) {
        change(absent, collection, isAbsent);
    }

    /// Refuses a verb on a collection with 403.
    public void deny(String verb, String collection, boolean isDenied) {
        change(denied, verb + " " + collection, isDenied);
    }

    private static void change(Set<String> set, String entry, boolean in) {
        if (in) {
            set.add(entry);
        } else {
            set.remove(entry);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var query = query(exchange);
        asked.merge(path, 1, Integer::sum);
        boolean watch = query.getOrDefault("watch", "").equals("true");
        var verb = watch ? "watch" : "list";
        if (absent.contains(path)) {
            fail(exchange, 404, "NotFound", "the server could not find the requested resource");
        } else if (denied.contains(verb + " " + path)) {
            var plural = path.substring(path.lastIndexOf('/') + 1);
            fail(
                    exchange,
                    403,
                    "Forbidden",
                    "%s is forbidden: User \"console\" cannot %s resource \"%s\"".formatted(plural, verb, plural));
        } else if (watch) {
            watch(exchange, path, Long.parseLong(query.getOrDefault("resourceVersion", "0")));
        } else {
            list(exchange, path, query);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : (raw == null ? "" : raw).split("&", -1)) {
            var parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private void list(HttpExchange exchange, String path, Map<String, String> query) throws IOException {
        var all = store.list(path);
        int limit = Integer.parseInt(query.getOrDefault("limit", Integer.toString(FIRST_PAGE_LIMIT)));
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        int to = Math.min(all.size(), from + limit);
        var answer = ApiStore.JSON.createObjectNode();
        var metadata = answer.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(store.version()));
        if (to < all.size()) {
            metadata.put("continue", Integer.toString(to));
        }
        answer.putArray("items").addAll(all.subList(Math.min(from, to), to));
        send(exchange, 200, answer);
    }

    private void watch(HttpExchange exchange, String path, long from) throws IOException {
        if (store.forgot(from)) {
            fail(exchange, 410, "Expired", "too old resource version: " + from);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            body.flush();
            follow(path, from, body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String path, long from, OutputStream body) throws IOException, InterruptedException {
        long since = from;
        while (true) {
            var events = store.after(since, path);
            if (events == null) {
                line(body, "ERROR", status(410, "Expired", "too old resource version: " + since));
                return;
            }
            for (var event : events) {
                line(body, event.type(), event.object());
                since = event.version();
            }
        }
    }

    private static void line(OutputStream body, String type, JsonNode object) throws IOException {
        var event = ApiStore.JSON.createObjectNode().put("type", type);
        event.set("object", object);
        body.write((event + "\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    private static ObjectNode status(int code, String reason, String message) {
        return ApiStore.JSON
                .createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
    }

    private static void fail(HttpExchange exchange, int code, String reason, String message) throws IOException {
        send(exchange, code, status(code, reason, message));
    }

    private static void send(HttpExchange exchange, int code, JsonNode answer) throws IOException {
        var bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
