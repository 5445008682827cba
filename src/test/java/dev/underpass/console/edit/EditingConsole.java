package dev.underpass.console.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.kubeapi.SpiderpoolWebhooks;
import dev.underpass.kubeapi.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A console on a live cluster with Spiderpool's webhooks, and whoever edits by it.
@Tag("kube-api")
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "underpass.source=kubernetes",
            "underpass.audit=target/audit-of-edits.jsonl"
        })
abstract class EditingConsole {

    static final FakeKubeApi API = new FakeKubeApi();
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String SPIDERPOOL = "/apis/spiderpool.spidernet.io/v2beta1/";

    private static final List<String> RESOURCES =
            List.of("spidercoordinators", "spiderippools", "spidermultusconfigs", "spiderreservedips", "spidersubnets");
    private static @Nullable Webhook policy;

    @LocalServerPort
    private int port;

    @Autowired
    private CurrentAnalysis analysis;

    /// What was answered.
    record Reply(int status, HttpHeaders headers, JsonNode body) {

        String text(String... path) {
            JsonNode at = body;
            for (var name : path) {
                at = at.path(name);
            }
            return at.asString("");
        }

        JsonNode error(int index) {
            return body.path("errors").path(index);
        }

        String type() {
            return text("type").replace("https://underpass.dev/problems/", "");
        }

        List<String> warnings() {
            return headers.getOrEmpty("Warning");
        }

        String etag() {
            return Objects.requireNonNull(headers.getETag());
        }

        ObjectNode object() {
            return (ObjectNode) body.deepCopy();
        }
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        API.admitBy(new SpiderpoolWebhooks(API));
        API.admitBy((object, old) -> policy == null ? Optional.empty() : policy.review(object, old));
        API.load("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        API.start();
        var kubeconfig = API.kubeconfig();
        registry.add("underpass.kubernetes.kubeconfig", kubeconfig::toString);
    }

    @BeforeEach
    void clear() {
        policy = null;
        for (var resource : RESOURCES) {
            API.stored(resource).forEach(object -> API.unload(resource, name(object)));
        }
        // The rules take namespaces, and who may read what, from the watch.
        analysis.snapshots()
                .filter(now -> now.unobserved().isEmpty()
                        && now.policies().namespaces().stream()
                                .anyMatch(each -> each.name().equals("shop")))
                .blockFirst(Duration.ofSeconds(30));
    }

    /// What the console's watch has seen.
    ClusterSnapshot watched() {
        return Objects.requireNonNull(analysis.snapshots().blockFirst(Duration.ofSeconds(30)));
    }

    private static String name(ObjectNode object) {
        var metadata = object.path("metadata");
        var namespace = metadata.path("namespace").asString("");
        return (namespace.isEmpty() ? "" : namespace + "/")
                + metadata.path("name").asString("");
    }

    static void refuse(Webhook webhook) {
        policy = webhook;
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text);
    }

    /// A pool of 10.6.0.0/16 whose fields kubectl manages.
    static ObjectNode pool(String name) {
        return API.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderIPPool, metadata: {name: %s},
                 spec: {subnet: 10.6.0.0/16, gateway: 10.6.0.1, ips: [10.6.1.1-10.6.1.9]}}
                """.formatted(name));
    }

    static JsonNode stored(String resource, String name) {
        return Objects.requireNonNull(API.find(resource, name));
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
                .build();
    }

    /// The description of the REST API.
    JsonNode document() {
        return reply(client().get().uri("/v3/api-docs")).body();
    }

    /// A page as a browser gets it, or where it is sent.
    EntityExchangeResult<String> page(HttpMethod method, String path) {
        return client().method(method)
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    Reply get(String path) {
        return reply(client().get().uri("/api/v1/" + path));
    }

    Reply post(String path, JsonNode body) {
        return send(HttpMethod.POST, path, "", body.toString());
    }

    Reply put(String path, String ifMatch, JsonNode body) {
        return send(HttpMethod.PUT, path, ifMatch, body.toString());
    }

    Reply send(HttpMethod method, String path, String ifMatch, String body) {
        var request = client().method(method).uri("/api/v1/" + path).contentType(MediaType.APPLICATION_JSON);
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        return reply(request.bodyValue(body));
    }

    /// As a form of another page could.
    Reply sendText(String path) {
        return reply(client().put()
                .uri("/api/v1/" + path)
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("{}"));
    }

    Reply delete(String path, String ifMatch) {
        var request = client().delete().uri("/api/v1/" + path);
        return reply(ifMatch.isEmpty() ? request : request.header("If-Match", ifMatch));
    }

    private static Reply reply(WebTestClient.RequestHeadersSpec<?> request) {
        var result = request.exchange().expectBody(byte[].class).returnResult();
        var body = result.getResponseBody();
        return new Reply(
                result.getStatus().value(),
                result.getResponseHeaders(),
                body == null ? JSON.createObjectNode() : JSON.readTree(body));
    }

    /// Reads an object, changes it, and writes it back.
    Reply edit(String path, String query, Consumer<ObjectNode> change) {
        var read = get(path);
        var object = read.object();
        change.accept((ObjectNode) object.path("spec"));
        return put(path + query, read.etag(), object);
    }
}
