package dev.underpass.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What only the fake can do: break in the places where tests need it to.
class FakeFaultsTest {

    private static final String POD = "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: default}}";

    private final FakeKubeApi api = new FakeKubeApi();

    @BeforeEach
    void start() {
        api.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private KubeCalls calls() {
        return api.calls(KubeApi.CONSOLE);
    }

    @Test
    void performsAWriteWhoseAnswerIsLost() {
        api.breakOff();

        assertThatThrownBy(() -> calls().post("/api/v1/namespaces/default/pods", Json.parse(POD.formatted("lost"))))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(api.find("pods", "default/lost")).isNotNull();
    }

    @Test
    void cutsWatchesWithoutAWord() {
        try (var events = calls().watch("/api/v1/pods?watch=1")) {
            var iterator = events.iterator();
            api.create(POD.formatted("seen"));
            assertThat(Json.text(iterator.next(), "type")).isEqualTo("ADDED");

            api.dropWatches();

            assertThatThrownBy(iterator::hasNext).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void answersOnNoConnectionAfterItStopped() {
        var calls = calls();
        assertThat(calls.get("/api/v1/pods").code()).isEqualTo(200);

        api.stop();

        assertThatThrownBy(() -> calls.get("/api/v1/pods")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void endsRunningWatchesWhenHistoryExpires() {
        try (var events = calls().watch("/api/v1/pods?watch=1")) {
            api.expire();

            assertThat(events.toList()).singleElement().satisfies(event -> {
                assertThat(Json.text(event, "type")).isEqualTo("ERROR");
                assertThat(event.path("object").path("code").asInt()).isEqualTo(410);
            });
        }
    }

    @Test
    void endsRunningWatchesOfAResourceThatIsServedNoMore() {
        try (var events = calls().watch("/apis/cilium.io/v2/ciliumnodes?watch=1")) {
            api.withdraw("ciliumnodes.cilium.io");

            assertThat(events.toList()).isEmpty();
        }
    }

    @Test
    void saysHowFarHistoryHasComeToWhoeverAllowsIt() {
        try (var events = calls().watch("/api/v1/pods?watch=1&allowWatchBookmarks=true")) {
            var namespace = api.create("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");

            api.bookmark();

            var bookmark = events.iterator().next();
            assertThat(Json.text(bookmark, "type")).isEqualTo("BOOKMARK");
            assertThat(Json.text(bookmark, "object", "metadata", "resourceVersion"))
                    .isEqualTo(Json.text(namespace, "metadata", "resourceVersion"));
        }
    }

    @Test
    void passesOnWhatAWebhookSays() {
        api.admitBy((_, _) -> Optional.of(Webhook.Refusal.of("policy.example.org", "not on a Friday")));

        var reply = calls().post("/api/v1/namespaces/default/pods", Json.parse(POD.formatted("late")));

        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.text("message"))
                .isEqualTo("admission webhook \"policy.example.org\" denied the request: not on a Friday");
    }

    @Test
    void holdsAWholeClusterAtOnce() {
        api.load(IntStream.range(0, 2_000)
                .mapToObj(i -> Json.parse(POD.formatted("p" + i)))
                .toList());

        assertThat(api.list("pods")).hasSize(2_000);
    }

    @Test
    void saysOnWhichNodeATokensPodRuns() {
        var node = Map.of("authentication.kubernetes.io/node-name", List.of("node1"));
        api.token("agent-token", "system:serviceaccount:underpass:underpass-agent", List.of("underpass"), node);

        var reply = calls().post("/apis/authentication.k8s.io/v1/tokenreviews", Json.parse("""
                {apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: agent-token, audiences: [underpass]}}
                """));

        assertThat(reply.body().path("status").path("user").path("extra"))
                .isEqualTo(Json.parse("{authentication.kubernetes.io/node-name: [node1]}"));
    }
}
