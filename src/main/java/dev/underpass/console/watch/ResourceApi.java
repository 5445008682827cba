package dev.underpass.console.watch;

import dev.underpass.console.objects.Kind;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lists and watches by the official client, as JSON: the objects become records at once, so that nothing else is kept.
final class ResourceApi {

    /// The API server sends a bookmark about every minute, so that a longer silence is a dead connection.
    private static final Duration SILENCE = Duration.ofSeconds(100);

    private static final Duration WATCH = Duration.ofSeconds(290);
    private static final int PAGE = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ApiClient client;

    ResourceApi(ApiClient client) {
        this.client = client.setReadTimeout(Math.toIntExact(SILENCE.toMillis()));
    }

    /// A whole list.
    record Listed(List<JsonNode> items, String resourceVersion) {}

    /// An answer that is not the one that was asked for.
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }

        /// Whether the API does not know who asks.
        boolean unauthorized() {
            return status == 401;
        }
    }

    /// All objects of the kind, page by page.
    Listed list(Kind<?> kind) throws IOException {
        var items = new ArrayList<JsonNode>();
        var next = "";
        JsonNode page;
        do {
            var query = new ArrayList<>(List.of(new Pair("limit", Integer.toString(PAGE))));
            if (!next.isEmpty()) {
                query.add(new Pair("continue", next));
            }
            page = page(kind, query);
            page.path("items").forEach(items::add);
            next = page.path("metadata").path("continue").asString("");
        } while (!next.isEmpty());
        return new Listed(items, page.path("metadata").path("resourceVersion").asString(""));
    }

    private JsonNode page(Kind<?> kind, List<Pair> query) throws IOException {
        try (var response = call(kind, query).execute()) {
            var body = checked(response).body().bytes();
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("the list is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// A running watch; closing it ends it.
    record Watching(Response response) implements AutoCloseable {

        /// The next event; null at the end.
        @Nullable
        JsonNode next() throws IOException {
            var line = response.body().source().readUtf8Line();
            try {
                return line == null ? null : JSON.readTree(line);
            } catch (JacksonException e) {
                throw new IOException("an event is no JSON: " + e.getOriginalMessage(), e);
            }
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /// What changes after a version.
    Watching watch(Kind<?> kind, String resourceVersion) throws IOException {
        var call = call(
                kind,
                List.of(
                        new Pair("watch", "true"),
                        new Pair("allowWatchBookmarks", "true"),
                        new Pair("resourceVersion", resourceVersion),
                        new Pair("timeoutSeconds", Long.toString(WATCH.toSeconds()))));
        return new Watching(checked(call.execute()));
    }

    private Call call(Kind<?> kind, List<Pair> query) throws IOException {
        try {
            return client.buildCall(
                    client.getBasePath(),
                    kind.path(),
                    "GET",
                    query,
                    List.of(),
                    null,
                    new HashMap<>(Map.of("Accept", "application/json")),
                    new HashMap<>(),
                    new HashMap<>(),
                    new String[] {"BearerToken"},
                    null);
        } catch (ApiException e) {
            throw new IOException("the request cannot be made: " + e.getMessage(), e);
        }
    }

    private static Response checked(Response response) throws IOException {
        if (response.isSuccessful()) {
            return response;
        }
        try (response) {
            throw new RefusedException(response.code(), message(response));
        }
    }

    private static String message(Response response) throws IOException {
        var text = response.body().string();
        try {
            var message = JSON.readTree(text).path("message").asString("");
            return message.isEmpty() ? "status " + response.code() : message;
        } catch (JacksonException _) {
            return "status " + response.code();
        }
    }
}
