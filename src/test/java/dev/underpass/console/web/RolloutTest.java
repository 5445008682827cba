package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.edit.Outcome;
import dev.underpass.console.journal.JournalView.OlderPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How far a change has come: five Pods of the recorded lab have an underlay NIC, two of them made anew.
class RolloutTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant CHANGED = Instant.parse("2026-11-23T09:30:00Z");
    private static final List<String> MADE_ANEW = List.of("u2", "u20");

    private @Nullable ClusterView known;

    @BeforeEach
    void read(@TempDir Path folder) throws IOException, BundleException {
        known = view(folder, RolloutTest::overriding);
    }

    private static ClusterView view(Path folder, Consumer<JsonNode> change) throws IOException, BundleException {
        Recordings.unpack("hijack-route-deleted", folder);
        var recorded = folder.resolve("hijack-route-deleted");
        var file = recorded.resolve("resources/cluster.json");
        var resources = JSON.readTree(Files.readString(file));
        resources.path("items").forEach(RolloutTest::agedAndOwned);
        resources.path("items").forEach(change);
        Files.writeString(file, JSON.writeValueAsString(resources));
        var clock = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
        var analysis = new CurrentAnalysis("bundle:" + recorded, "lab", clock);
        var view = analysis.current().block(Duration.ofMinutes(2));
        analysis.destroy();
        return Objects.requireNonNull(view);
    }

    /// `u1` and `u20` are of one StatefulSet.
    private static void agedAndOwned(JsonNode object) {
        if (!object.path("kind").asString("").equals("Pod")) {
            return;
        }
        var metadata = (ObjectNode) object.path("metadata");
        var name = metadata.path("name").asString("");
        if (MADE_ANEW.contains(name)) {
            metadata.put("creationTimestamp", "2026-11-23T09:40:00Z");
        }
        if (List.of("u1", "u20").contains(name)) {
            metadata.putArray("ownerReferences")
                    .addObject()
                    .put("apiVersion", "apps/v1")
                    .put("kind", "StatefulSet")
                    .put("name", "db")
                    .put("uid", "1")
                    .put("controller", true);
        }
    }

    private Rollout rollout(String kind, String name, Instant at, @Nullable Outcome outcome, String... fields) {
        var changed = Stream.of(fields)
                .map(field -> ObjectDiff.Field.of(field, "", "1"))
                .toList();
        var row = new ChangeRow("7", at, kind, name, "edited", "li", outcome, changed);
        return Rollout.of(Objects.requireNonNull(known), row);
    }

    /// The network of the first NICs says itself how long a NIC's queue is, and which ranges overlay Pods have.
    private static void overriding(JsonNode object) {
        boolean network = object.path("kind").asString("").equals("NetworkAttachmentDefinition");
        if (network && object.path("metadata").path("name").asString("").equals("macvlan-conf")) {
            var spec = (ObjectNode) object.path("spec");
            var config = JSON.readTree(spec.path("config").asString(""));
            ((ObjectNode) config.path("plugins").path(1)).put("txQueueLen", 0).put("podCIDRType", "auto");
            spec.put("config", config.toString());
        }
    }

    /// `u2` has another NIC, of a network that chains the coordinator.
    @Test
    void podsOfNetworksWithoutTheCoordinatorAreNotConcerned(@TempDir Path folder) throws IOException, BundleException {
        known = view(folder, object -> {
            var name = object.path("metadata").path("name").asString("");
            if (object.path("kind").asString("").equals("NetworkAttachmentDefinition") && name.equals("macvlan-conf")) {
                var spec = (ObjectNode) object.path("spec");
                var config = JSON.readTree(spec.path("config").asString(""));
                ((ArrayNode) config.path("plugins")).remove(1);
                spec.put("config", config.toString());
            }
        });

        var rollout = rollout("SpiderCoordinator", "default", CHANGED, Outcome.APPLIED, "spec.mode");

        assertThat(rollout.made()).isEqualTo(1);
        assertThat(rollout.older()).isEmpty();
    }

    /// `u2` alone has another NIC, of a network that says nothing itself.
    @ParameterizedTest
    @CsvSource(textBlock = """
            spec.txQueueLen,   '',               1, 0
            spec.txQueueLen,   spec.hijackCIDR,  2, 3
            spec.podCIDRType,  '',               2, 3
            spec.txQueueLen,   spec.podCIDRType, 2, 3
            status.serviceCIDR, '',              2, 3
            """)
    void podsWhoseNetworksSayAllOfItThemselvesAreNotConcerned(String field, String other, int made, int older) {
        var fields = Stream.of(field, other).filter(each -> !each.isEmpty()).toArray(String[]::new);

        var rollout = rollout("SpiderCoordinator", "default", CHANGED, Outcome.APPLIED, fields);

        assertThat(rollout.made()).isEqualTo(made);
        assertThat(rollout.older()).hasSize(older);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            SpiderCoordinator,  default,                  2, lab/o1 lab/o20 lab/u1
            SpiderIPPool,       v4-10-6,                  2, lab/o1 lab/o20 lab/u1
            SpiderIPPool,       v4-10-7,                  1, ''
            SpiderIPPool,       nobody,                   0, ''
            SpiderReservedIP,   routers,                  0, ''
            SpiderMultusConfig, kube-system/macvlan-conf, 2, lab/o1 lab/o20 lab/u1
            SpiderMultusConfig, kube-system/macvlan-conf7, 1, ''
            """)
    void itConcernsThePodsWhoseNicsItSetsUp(String kind, String name, int made, String older) {
        var rollout = rollout(kind, name, CHANGED, Outcome.APPLIED);

        assertThat(rollout.made()).isEqualTo(made);
        assertThat(rollout.older()).extracting(OlderPod::pod).containsExactlyInAnyOrder(words(older));
        assertThat(rollout.all()).isEqualTo(made + words(older).length);
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ", -1);
    }

    @Test
    void aWorkloadTellsItsPartAndWhatRestartsTheRest() {
        var parts = rollout("SpiderCoordinator", "default", CHANGED, null).parts();

        assertThat(parts)
                .extracting(Rollout.Part::workload)
                .containsExactly("StatefulSet lab/db", "Pod lab/o1", "Pod lab/o20", "Pod lab/u2");
        var db = parts.getFirst();
        assertThat(db.made()).isEqualTo(1);
        assertThat(db.differ()).as("a route of u1 was deleted").isEqualTo(1);
        assertThat(Objects.requireNonNull(db.older()).command())
                .isEqualTo("kubectl -n lab rollout restart statefulset/db");
        assertThat(parts.get(3).older()).isNull();
    }

    @Test
    void nothingIsRolledOutOfAnEditThatWasNotMade() {
        assertThat(rollout("SpiderCoordinator", "default", CHANGED, Outcome.REFUSED)
                        .all())
                .isZero();
        assertThat(rollout("SpiderCoordinator", "default", Instant.parse("2026-11-23T09:50:00Z"), null))
                .matches(late -> late.made() == 0 && late.older().size() == 5);
    }
}
