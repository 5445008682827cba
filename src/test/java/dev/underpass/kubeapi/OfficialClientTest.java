package dev.underpass.kubeapi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The official Java client's informers follow the fake.
class OfficialClientTest {

    private static final String POD = """
            {apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: lab},
             spec: {nodeName: node1, containers: [{name: c, image: i}]}, status: {phase: Running, podIP: 10.6.212.241}}
            """;

    private final FakeKubeApi api = new FakeKubeApi();
    private @Nullable SharedInformerFactory factory;

    @BeforeEach
    void start() {
        api.start();
    }

    @AfterEach
    void stop() {
        if (factory != null) {
            factory.stopAllRegisteredInformers();
        }
        api.close();
    }

    private SharedIndexInformer<V1Pod> informer() throws IOException {
        try (var file = Files.newBufferedReader(api.kubeconfig())) {
            var client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(file))
                    .build()
                    .setReadTimeout(0);
            var pods = new GenericKubernetesApi<>(V1Pod.class, V1PodList.class, "", "v1", "pods", client);
            var informers = new SharedInformerFactory(client);
            var informer = informers.sharedIndexInformerFor(pods, V1Pod.class, 0);
            informers.startAllRegisteredInformers();
            factory = informers;
            return informer;
        }
    }

    private static List<String> names(SharedIndexInformer<? extends KubernetesObject> informer) {
        return informer.getIndexer().list().stream()
                .map(object -> String.valueOf(object.getMetadata().getName()))
                .sorted()
                .toList();
    }

    private void see(SharedIndexInformer<V1Pod> informer, String... names) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(names(informer)).containsExactly(names));
    }

    @Test
    void followsChanges() throws IOException {
        api.create(POD.formatted("u1"));
        var informer = informer();
        see(informer, "u1");

        api.create(POD.formatted("u2"));
        api.delete("pods", "lab/u1");

        see(informer, "u2");
        assertThat(informer.getIndexer().list().getFirst().getStatus())
                .satisfies(
                        status -> assertThat(String.valueOf(status.getPodIP())).isEqualTo("10.6.212.241"));
    }

    @Test
    void comesBackAfterARestartAndAnExpiry() throws IOException {
        var informer = informer();
        api.create(POD.formatted("u1"));
        see(informer, "u1");

        api.stop();
        api.start();
        api.create(POD.formatted("u2"));
        see(informer, "u1", "u2");

        api.expire();
        api.create(POD.formatted("u3"));
        see(informer, "u1", "u2", "u3");

        api.dropWatches();
        api.delete("pods", "lab/u1");
        see(informer, "u2", "u3");
    }
}
