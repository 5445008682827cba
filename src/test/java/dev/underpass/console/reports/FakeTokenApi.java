package dev.underpass.console.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reviews tokens as a kube-apiserver does, for tokens that read `AUDIENCE/ACCOUNT/NODE`; `-` stands for no node.
final class FakeTokenApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DisposableServer server;
    private final AtomicInteger reviews = new AtomicInteger();
    private volatile boolean down;

    FakeTokenApi() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        (request, response) -> request.receive()
                                .aggregate()
                                .asString()
                                .flatMap(body -> {
                                    reviews.incrementAndGet();
                                    return down
                                            ? response.status(503).send().then()
                                            : response.status(201)
                                                    .header("Content-Type", "application/json")
                                                    .sendString(Mono.just(answer(JSON.readTree(body))))
                                                    .then();
                                })))
                .bindNow();
    }

    private static String answer(JsonNode review) {
        var token = review.path("spec").path("token").asString("").split("/", -1);
        var asked = review.path("spec").path("audiences").path(0).asString("");
        var answer = ((ObjectNode) review).deepCopy();
        var status = answer.putObject("status");
        if (token.length != 3 || !token[0].equals(asked)) {
            status.set("user", JsonNodeFactory.instance.objectNode());
            status.put("error", "[invalid bearer token]");
            return answer.toString();
        }
        status.put("authenticated", true).putArray("audiences").add(asked);
        var user = status.putObject("user").put("username", token[1]);
        var extra = user.putObject("extra");
        extra.putArray("authentication.kubernetes.io/credential-id").add("JTI=1");
        if (!token[2].equals("-")) {
            extra.putArray("authentication.kubernetes.io/node-name").add(token[2]);
        }
        return answer.toString();
    }

    int reviews() {
        return reviews.get();
    }

    void down(boolean now) {
        down = now;
    }

    /// A kubeconfig that leads here.
    Path kubeconfig() throws IOException {
        return Files.writeString(Files.createTempFile("kubeconfig", ".yaml"), """
                apiVersion: v1
                kind: Config
                current-context: fake
                contexts: [{name: fake, context: {cluster: fake, user: fake}}]
                clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: fake, user: {token: console}}]
                """.formatted(server.port()));
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
