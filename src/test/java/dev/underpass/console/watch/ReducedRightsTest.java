package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.console.view.ResourceView;
import dev.underpass.kubeapi.FakeKubeApi;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The watch without one right, each in turn: what is missing is said, and the rest is read. That these are all rights
/// that `k8s/base/rbac-view.yaml` grants to watch is held by `ManifestsTest`.
@Tag("kube-api")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReducedRightsTest {

    private final FakeKubeApi api = new FakeKubeApi();

    ReducedRightsTest() {
        api.start();
        api.load("""
                {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p", "namespace": "a", "uid": "1"},
                 "spec": {"nodeName": "n"}}
                """);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    static Stream<Arguments> rights() {
        return Kinds.ALL.stream().flatMap(kind -> Stream.of("list", "watch").map(verb -> Arguments.of(verb, kind)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rights")
    void saysWhatIsMissingAndWhatItCostsAndReadsTheRest(String verb, Kind<?> kind) throws Exception {
        api.deny(verb, kind.plural());
        var analysis = new CurrentAnalysis("kubernetes", "test", Clock.systemUTC());
        var watch = new ClusterWatch(new ApiClients(api.kubeconfig().toString(), ""), analysis, Clock.systemUTC());
        try {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var states = states(analysis);
                assertThat(states.stream().filter(each -> !each.status().equals("watched")))
                        .extracting(ResourceView::resource, ResourceView::status)
                        .containsExactly(tuple(kind.resource(), "forbidden"));
                assertThat(Objects.requireNonNull(analysis.snapshots().blockFirst())
                                .unobserved())
                        .containsExactly(kind.resource());
            });
            var missing = states(analysis).stream()
                    .filter(each -> each.resource().equals(kind.resource()))
                    .findFirst()
                    .orElseThrow();
            assertThat(missing.reason()).contains("cannot %s resource \"%s\"".formatted(verb, kind.plural()));
            assertThat(missing.cost()).isNotBlank();
            assertThat(Objects.requireNonNull(analysis.snapshots().blockFirst()).pods())
                    .hasSize(kind.equals(Kinds.POD) ? 0 : 1);
        } finally {
            watch.destroy();
            analysis.destroy();
            api.allow(verb, kind.plural());
        }
    }

    private static List<ResourceView> states(CurrentAnalysis analysis) {
        return analysis.resourceStates().stream().map(ResourceView::of).toList();
    }
}
