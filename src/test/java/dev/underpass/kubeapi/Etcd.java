package dev.underpass.kubeapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A real `etcd` on a loopback port, which keeps its port and its data when it is killed.
final class Etcd {

    private final URI address;
    private final ServerProcess process;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /// @param program the file to run
    /// @param folder where it keeps its data and its log
    Etcd(Path program, Path folder) throws IOException {
        address = URI.create("http://127.0.0.1:" + ServerProcess.freePort());
        process = new ServerProcess(command(program, folder), folder.resolve("etcd.log"), this::answers);
    }

    private List<String> command(Path program, Path folder) {
        return List.of(
                program.toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + address,
                "--advertise-client-urls=" + address,
                "--listen-peer-urls=http://127.0.0.1:0",
                "--unsafe-no-fsync");
    }

    URI address() {
        return address;
    }

    void start() throws IOException {
        process.start();
    }

    void kill() {
        process.kill();
    }

    /// Stores a value.
    ///
    /// @return the revision that this made
    String put(String key, String value) throws IOException {
        var body = Json.object().put("key", base64(key)).put("value", base64(value));
        return Json.text(call("put", body), "header", "revision");
    }

    /// Forgets what was before a revision, on disk as well.
    void compact(String revision) throws IOException {
        call("compaction", Json.object().put("revision", revision).put("physical", true));
    }

    /// Reads a value as of a revision; empty where there is none.
    String get(String key, String revision) throws IOException {
        var found = call("range", Json.object().put("key", base64(key)).put("revision", revision));
        var value = found.path("kvs").path(0).path("value").asString("");
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private boolean answers() {
        try {
            return call("range", Json.object().put("key", base64("none"))).has("header");
        } catch (IOException e) {
            return false;
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A call of its JSON gateway.
    private ObjectNode call(String name, ObjectNode body) throws IOException {
        var request = HttpRequest.newBuilder(address.resolve("/v3/kv/" + name))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("etcd answered %d %s".formatted(response.statusCode(), response.body()));
            }
            return Json.parse(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
