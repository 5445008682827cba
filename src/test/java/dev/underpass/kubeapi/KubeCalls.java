package dev.underpass.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/// Requests to an API server with one user's token.
public final class KubeCalls {

    /// What was answered.
    ///
    /// @param body the text under `text` where it is no JSON object
    public record Reply(int code, HttpHeaders headers, ObjectNode body) {

        public String text(String... path) {
            return Json.text(body, path);
        }
    }

    /// Where the API server is.
    ///
    /// @param authority its certificate authority in PEM; empty without TLS
    record Server(URI address, String authority, SSLContext tls) {}

    private final Server server;
    private final String user;
    private final String token;
    private final HttpClient client;

    KubeCalls(Server server, String user, String token) {
        this.server = server;
        this.user = user;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(server.tls())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply post(String path, ObjectNode body) {
        return send("POST", path, "application/json", body.toString());
    }

    public Reply put(String path, ObjectNode body) {
        return send("PUT", path, "application/json", body.toString());
    }

    public Reply delete(String path, ObjectNode options) {
        return send("DELETE", path, "application/json", options.toString());
    }

    /// Sends a patch.
    ///
    /// @param type `merge-patch+json`, `json-patch+json`, `apply-patch+yaml`
    public Reply patch(String path, String type, String body) {
        return send("PATCH", path, "application/" + type, body);
    }

    private Reply send(String method, String path, String type, String body) {
        return send(
                request(path).header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", user + "/test")
                .timeout(Duration.ofSeconds(20));
    }

    public Reply send(HttpRequest.Builder request) {
        var response = exchange(request, HttpResponse.BodyHandlers.ofString());
        var body = response.body().startsWith("{")
                ? Json.parse(response.body())
                : Json.object().put("text", response.body());
        return new Reply(response.statusCode(), response.headers(), body);
    }

    /// The events of a watch, as they come; closing the stream ends it.
    public Stream<ObjectNode> watch(String path) {
        return exchange(request(path).GET(), HttpResponse.BodyHandlers.ofLines())
                .body()
                .map(Json::parse);
    }

    /// The code of an answer whose body is not waited for, such as a watch's.
    int code(String path) {
        var response = exchange(request(path).GET(), HttpResponse.BodyHandlers.ofInputStream());
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response.statusCode();
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// A file that is gone when the tests end.
    public Path kubeconfig() {
        try {
            var file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, kubeconfigText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String kubeconfigText() {
        var authority = server.authority().isEmpty()
                ? ""
                : ", certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(server.authority().getBytes(StandardCharsets.UTF_8));
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s"%s}}]
                users: [{name: "%s", user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: "%s"}}]
                current-context: test
                """.formatted(server.address(), authority, user, token, user);
    }
}
