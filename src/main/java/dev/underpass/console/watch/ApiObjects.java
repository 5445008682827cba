package dev.underpass.console.watch;

import dev.underpass.console.Impersonated;
import dev.underpass.console.edit.EditedKind;
import dev.underpass.console.edit.KubernetesObjects;
import dev.underpass.console.edit.ObjectRef;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes objects by the official client, as JSON.
@Component
class ApiObjects implements KubernetesObjects {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// The API server gives up after 60 s itself, webhooks after at most 30.
    private static final Duration ANSWER = Duration.ofSeconds(40);

    private static final String PAGE = "500";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final int UNAUTHORIZED = 401;
    private static final String WHOLE = "application/json";
    private static final Pattern WARNING = Pattern.compile("\\d{3} \\S+ \"((?:[^\"\\\\]|\\\\.)*)\".*");

    private final ApiClients clients;
    private final boolean impersonating;
    private volatile @Nullable ApiClient client;

    /// @param impersonating whether nothing is ever written but for somebody
    ApiObjects(
            ApiClients clients,
            @Value("${underpass.security.oidc.impersonation.enabled:false}") boolean impersonating) {
        this.clients = clients;
        this.impersonating = impersonating;
    }

    /// What is asked of the API.
    private record Question(
            String method,
            String path,
            String contentType,
            @Nullable ObjectNode body,
            List<Pair> query) {}

    @Override
    public Reply list(EditedKind kind) throws IOException {
        var items = JSON.createArrayNode();
        var next = "";
        Reply page;
        do {
            var query = new ArrayList<>(List.of(new Pair("limit", PAGE)));
            if (!next.isEmpty()) {
                query.add(new Pair("continue", next));
            }
            page = answer(new Question("GET", kind.kind().path(), "", null, query));
            page.body().path("items").forEach(items::add);
            next = page.body().path("metadata").path("continue").asString("");
        } while (page.status() == 200 && !next.isEmpty());
        if (page.status() == 200) {
            page.body().set("items", items);
        }
        return page;
    }

    @Override
    public Reply get(ObjectRef object) throws IOException {
        return answer(new Question("GET", path(object), "", null, List.of()));
    }

    @Override
    public Reply listAt(ObjectRef object, String resourceVersion) throws IOException {
        return answer(new Question(
                "GET",
                collection(object),
                "",
                null,
                List.of(
                        new Pair("fieldSelector", "metadata.name=" + object.name()),
                        new Pair("resourceVersion", resourceVersion),
                        new Pair("resourceVersionMatch", "Exact"))));
    }

    @Override
    public Reply create(ObjectRef object, ObjectNode body, Mode mode) throws IOException {
        return answer(new Question("POST", collection(object), WHOLE, body, query(mode, false)));
    }

    @Override
    public Reply apply(ObjectRef object, ObjectNode configuration, Mode mode) throws IOException {
        var type = "application/apply-patch+yaml";
        return answer(new Question("PATCH", path(object), type, configuration, query(mode, mode.force())));
    }

    @Override
    public Reply patch(ObjectRef object, ObjectNode patch, Mode mode) throws IOException {
        var type = "application/merge-patch+json";
        return answer(new Question("PATCH", path(object), type, patch, query(mode, false)));
    }

    @Override
    public Reply delete(ObjectRef object, ObjectNode options, Mode mode) throws IOException {
        var query = mode.dryRun() ? List.of(new Pair("dryRun", "All")) : List.<Pair>of();
        return answer(new Question("DELETE", path(object), WHOLE, options, query));
    }

    @Override
    public Reply review(ObjectNode review) throws IOException {
        return answer(new Question("POST", REVIEWS, WHOLE, review, List.of()));
    }

    private static List<Pair> query(Mode mode, boolean force) {
        var query = new ArrayList<>(List.of(new Pair("fieldManager", MANAGER), new Pair("fieldValidation", "Strict")));
        if (mode.dryRun()) {
            query.add(new Pair("dryRun", "All"));
        }
        if (force) {
            query.add(new Pair("force", "true"));
        }
        return query;
    }

    private static String collection(ObjectRef object) {
        var kind = object.kind().kind();
        var group = "/apis/" + kind.apiVersion();
        return kind.namespaced() ? group + "/namespaces/" + object.namespace() + "/" + kind.plural() : kind.path();
    }

    private static String path(ObjectRef object) {
        return collection(object) + "/" + object.name();
    }

    private Reply answer(Question question) throws IOException {
        var reply = asked(question);
        if (reply.status() == UNAUTHORIZED) {
            // Nothing was done. A token may have run out, and its file or its plugin have another.
            client = null;
            reply = asked(question);
        }
        return reply;
    }

    private Reply asked(Question question) throws IOException {
        try (var response = response(question)) {
            return new Reply(
                    response.code(),
                    object(response),
                    response.headers("Warning").stream()
                            .map(ApiObjects::warning)
                            .toList());
        } catch (SSLException e) {
            // A certificate that is refused may have been replaced in its file.
            client = null;
            throw e;
        }
    }

    private Response response(Question question) throws IOException {
        var api = client();
        var headers = new HashMap<>(Map.of("Accept", WHOLE));
        var someone = Impersonated.current();
        if (impersonating && someone.isEmpty() && !question.method().equals("GET")) {
            throw new IllegalStateException("nobody is known for whom this would be written");
        }
        var body = question.body();
        if (body != null) {
            headers.put("Content-Type", question.contentType());
        }
        try {
            var call = api.buildCall(
                    api.getBasePath(),
                    question.path(),
                    question.method(),
                    question.query(),
                    List.of(),
                    body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8),
                    headers,
                    new HashMap<>(),
                    new HashMap<>(),
                    new String[] {"BearerToken"},
                    null);
            return api.getHttpClient()
                    .newCall(someone.map(each -> as(each, call.request())).orElse(call.request()))
                    .execute();
        } catch (ApiException e) {
            throw new IOException("the request cannot be made: " + e.getMessage(), e);
        }
    }

    /// Names have no control characters: whoever would bring some does not come in.
    private static Request as(Impersonated someone, Request request) {
        var headers = request.headers().newBuilder().addUnsafeNonAscii("Impersonate-User", someone.user());
        someone.groups().forEach(group -> headers.addUnsafeNonAscii("Impersonate-Group", group));
        return request.newBuilder().headers(headers.build()).build();
    }

    private ApiClient client() throws IOException {
        var current = client;
        if (current == null) {
            current = made(clients.client().orElseThrow(() -> new IOException("no Kubernetes API is configured")));
            client = current;
        }
        return current;
    }

    /// A connection that was kept may be dead without anybody knowing, and the HTTP client would send a write once
    /// more.
    private static ApiClient made(ApiClient client) {
        var http = client.getHttpClient()
                .newBuilder()
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .connectTimeout(CONNECT)
                .readTimeout(ANSWER)
                .build();
        return client.setHttpClient(http);
    }

    private static ObjectNode object(Response response) throws IOException {
        var bytes = response.body().bytes();
        try {
            return JSON.readTree(bytes) instanceof ObjectNode object ? object : JSON.createObjectNode();
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    private static String warning(String header) {
        var text = WARNING.matcher(header);
        return text.matches() ? text.group(1).replaceAll("\\\\(.)", "$1") : header;
    }
}
