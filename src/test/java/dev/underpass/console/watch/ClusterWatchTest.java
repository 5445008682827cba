package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.Shell;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Pod;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.kubeapi.KubeApi;
import dev.underpass.kubeapi.LoopbackCertificate;
import dev.underpass.report.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("kube-api")
class ClusterWatchTest {

    private static final String POOLS = Kinds.IP_POOL.resource();
    private final FakeKubeApi api = new FakeKubeApi();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-23T08:00:00Z"));

    @TempDir
    Path folder = Path.of("unset");

    private final CurrentAnalysis analysis;
    private @Nullable ClusterWatch watch;

    ClusterWatchTest() throws Exception {
        api.start();
        analysis = new CurrentAnalysis("kubernetes", "test", clock);
    }

    private void watch() throws Exception {
        watch(api.kubeconfig());
    }

    private void watch(Path kubeconfig) throws Exception {
        watch = new ClusterWatch(new ApiClients(kubeconfig.toString(), ""), analysis, clock);
    }

    private Path kubeconfig(String cluster, String user) throws Exception {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {%s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: here, context: {cluster: c, user: u}}]
                current-context: here
                """.formatted(cluster, user));
    }

    @AfterEach
    void stop() {
        if (watch != null) {
            watch.destroy();
        }
        analysis.destroy();
        api.close();
    }

    private ClusterSnapshot snapshot() {
        return Objects.requireNonNull(analysis.snapshots().blockFirst());
    }

    private ResourceState state(Kind<?> kind) {
        return analysis.live().orElseThrow().states().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private List<String> podNames() {
        return snapshot().pods().stream().map(Pod::name).map(Object::toString).toList();
    }

    private void settled(List<String> pods) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(state(Kinds.POD).status()).isEqualTo(Status.WATCHED);
            assertThat(podNames()).containsExactlyElementsOf(pods);
        });
    }

    private void pod(String name, String uid) {
        api.load("""
            {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "%s", "namespace": "a", "uid": "%s"},
             "spec": {"nodeName": "n", "containers": [{"name": "c", "env": [{"name": "PASSWORD", "value": "x"}]}]}}
            """.formatted(name, uid));
    }

    private void pool(String name, String subnet) {
        api.load("""
            {"kind": "SpiderIPPool", "apiVersion": "spiderpool.spidernet.io/v2beta1", "metadata": {"name": "%s"},
             "spec": {"subnet": "%s", "ips": ["10.6.0.9"]}}
            """.formatted(name, subnet));
    }

    @Test
    void followsWhatIsAddedChangedAndDeleted() throws Exception {
        pod("p1", "1");
        watch();
        settled(List.of("a/p1"));

        pod("p2", "2");
        pod("p1", "3");
        settled(List.of("a/p1", "a/p2"));
        api.unload("pods", "a/p1");

        settled(List.of("a/p2"));
    }

    @Test
    void listsMoreThanOnePage() throws Exception {
        IntStream.range(0, 1_234).forEach(i -> pod("p%04d".formatted(i), "u" + i));

        watch();

        await().atMost(Duration.ofSeconds(20)).until(() -> snapshot().pods().size() == 1_234);
    }

    @Test
    void equalsAFreshListWithinFiveSecondsOfEachOfTwentyRestarts() throws Exception {
        var random = new Random(20);
        watch();
        for (int round = 0; round < 20; round++) {
            change(random, round);
            api.stop();
            change(random, round + 100);
            api.start();
            equalsAFreshList();
        }
    }

    @Test
    void equalsAFreshListWithinFiveSecondsOfEachOfTwentyForgottenVersions() throws Exception {
        var random = new Random(21);
        watch();
        for (int round = 0; round < 20; round++) {
            change(random, round);
            api.expire();
            change(random, round + 100);
            equalsAFreshList();
        }
    }

    /// Nothing is lost, nothing is there twice, nothing is as it was before.
    private void equalsAFreshList() {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(snapshot().pods()).containsExactlyInAnyOrderElementsOf(stored(Kinds.POD));
            assertThat(snapshot().services()).containsExactlyInAnyOrderElementsOf(stored(Kinds.SERVICE));
            assertThat(snapshot().spiderpool().ipPools()).containsExactlyInAnyOrderElementsOf(stored(Kinds.IP_POOL));
        });
    }

    private <T> List<T> stored(Kind<T> kind) throws Exception {
        var records = new ArrayList<T>();
        for (var object : api.stored(kind.resource())) {
            records.add(kind.reader().read(Fields.of(object, "")));
        }
        return records;
    }

    @Test
    void goesOnWhenCertificatesAreRolled() throws Exception {
        var client = LoopbackCertificate.of("underpass", folder);
        api.stop();
        api.secure(LoopbackCertificate.of("serving", folder), client);
        api.start();
        pod("p1", "1");
        watch(kubeconfig(
                "server: 'https://127.0.0.1:%d', certificate-authority: serving.crt".formatted(api.port()),
                "client-certificate: underpass.crt, client-key: underpass.key"));
        settled(List.of("a/p1"));

        api.stop();
        api.secure(LoopbackCertificate.of("serving", folder), LoopbackCertificate.of("underpass", folder));
        pod("p2", "2");
        api.start();

        settled(List.of("a/p1", "a/p2"));
    }

    @Test
    void goesOnWhenItsTokenIsReplaced() throws Exception {
        var script = folder.resolve("plugin");
        Files.writeString(
                script,
                "#!/bin/sh\necho \"{\\\"kind\\\": \\\"ExecCredential\\\", "
                        + "\\\"apiVersion\\\": \\\"client.authentication.k8s.io/v1\\\", "
                        + "\\\"status\\\": {\\\"token\\\": \\\"$(cat %s)\\\"}}\"\n".formatted(folder.resolve("token")));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        token("one");
        pod("p1", "1");
        watch(kubeconfig(
                "server: 'http://127.0.0.1:%d'".formatted(api.port()),
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}"));
        settled(List.of("a/p1"));

        token("two");
        api.revoke("one");
        api.dropWatches();
        pod("p2", "2");

        settled(List.of("a/p1", "a/p2"));
    }

    private void token(String token) throws Exception {
        api.token(token, "system:serviceaccount:default:carol", List.of(KubeApi.AUDIENCE), Map.of());
        Files.writeString(folder.resolve("token"), token);
    }

    private void change(Random random, int round) {
        pod("p" + round, "u" + round);
        pod("p" + random.nextInt(round + 1), "again" + round);
        api.unload("pods", "a/" + "p" + random.nextInt(round + 1));
        pool("pool" + random.nextInt(5), "10.%d.0.0/16".formatted(random.nextInt(1, 250)));
        api.unload(POOLS, "pool" + random.nextInt(5));
        api.load("""
            {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "s%d", "namespace": "a"},
             "spec": {"clusterIP": "10.233.0.%d", "ports": [{"port": %d}]}}
            """.formatted(random.nextInt(5), random.nextInt(1, 250), random.nextInt(1, 9_999)));
        api.unload("services", "a/s" + random.nextInt(5));
    }

    @Test
    void namesAMissingKindAndPicksItUpWhenItIsInstalled() throws Exception {
        api.withdraw(POOLS);
        watch();
        await().until(() -> state(Kinds.IP_POOL).status() == Status.ABSENT);
        assertThat(state(Kinds.IP_POOL).reason()).contains("spiderippools.spiderpool.spidernet.io");
        await().until(() -> snapshot().observes("spiderippools.spiderpool.spidernet.io"));

        api.establish(POOLS);
        pool("p", "10.6.0.0/16");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> snapshot().spiderpool().ipPools().size() == 1);
        assertThat(state(Kinds.IP_POOL).status()).isEqualTo(Status.WATCHED);
    }

    @Test
    void saysWhichVerbIsMissingForEachKindAndWorksForTheRest() throws Exception {
        pod("p", "1");
        for (var verb : List.of("list", "watch")) {
            for (var kind : Kinds.ALL) {
                if (!kind.equals(Kinds.POD)) {
                    api.deny(verb, kind.plural());
                }
            }
        }

        watch();

        settled(List.of("a/p"));
        for (var kind : Kinds.ALL) {
            if (!kind.equals(Kinds.POD)) {
                await().untilAsserted(() -> assertThat(state(kind).status()).isEqualTo(Status.FORBIDDEN));
                assertThat(state(kind).reason()).contains("cannot list resource \"" + kind.plural() + "\"");
                await().until(() -> !snapshot().observes(kind.resource()));
            }
        }
        assertThat(snapshot().observes("pods")).isTrue();
    }

    @Test
    void doesNotComeAndGoWithWhatItMayListButNotFollow() throws Exception {
        pool("p", "10.6.0.0/16");
        api.deny("watch", Kinds.IP_POOL.plural());
        watch();
        await().atMost(Duration.ofSeconds(20)).until(() -> state(Kinds.IP_POOL).status() == Status.FORBIDDEN);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> snapshot().unobserved().size() == 1);
        var before = snapshot();
        int asked = api.asked(Kinds.IP_POOL.path());

        await().atMost(Duration.ofSeconds(20)).until(() -> api.asked(Kinds.IP_POOL.path()) > asked + 3);

        assertThat(snapshot()).isSameAs(before);
        api.allow("watch", Kinds.IP_POOL.plural());
        await().atMost(Duration.ofSeconds(20)).until(() -> state(Kinds.IP_POOL).status() == Status.WATCHED);
        assertThat(snapshot().spiderpool().ipPools()).hasSize(1);
    }

    @Test
    void makesNoNewSnapshotOfWhatItKnowsAlready() throws Exception {
        api.withdraw(POOLS);
        watch();
        await().until(() -> state(Kinds.IP_POOL).status() == Status.ABSENT);
        await().until(() -> snapshot().unobserved().isEmpty());
        Thread.sleep(500);
        var before = snapshot();
        int asked = api.asked(Kinds.IP_POOL.path());

        await().atMost(Duration.ofSeconds(20)).until(() -> api.asked(Kinds.IP_POOL.path()) > asked + 1);

        assertThat(snapshot()).isSameAs(before);
    }

    @Test
    void forgetsWhatItMayNoLongerRead() throws Exception {
        pod("p", "1");
        watch();
        settled(List.of("a/p"));

        api.deny("list", "pods");
        api.deny("watch", "pods");
        api.expire();

        await().atMost(Duration.ofSeconds(20)).until(() -> state(Kinds.POD).status() == Status.FORBIDDEN);
        await().until(() -> !snapshot().observes("pods") && snapshot().pods().isEmpty());
    }

    @Test
    void keepsWhatItKnewWhileTheApiIsAway() throws Exception {
        pod("p", "1");
        watch();
        settled(List.of("a/p"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> snapshot().unobserved().isEmpty());

        api.stop();
        await().atMost(Duration.ofSeconds(20)).until(() -> state(Kinds.POD).status() == Status.INTERRUPTED);

        assertThat(podNames()).containsExactly("a/p");
        assertThat(snapshot().observes("pods")).isTrue();
        assertThat(snapshot().observes("services"))
                .as("an empty list is still known to be empty")
                .isTrue();
        api.start();
        settled(List.of("a/p"));
    }

    @Test
    void leavesOutAnObjectThatCannotBeReadAndSaysWhy() throws Exception {
        pool("bad", "garbage");
        pool("good", "10.6.0.0/16");

        watch();

        await().until(() -> snapshot().spiderpool().ipPools().size() == 1);
        assertThat(state(Kinds.IP_POOL).unreadable()).containsOnlyKeys("bad");
        assertThat(state(Kinds.IP_POOL).unreadable().get("bad")).contains("spec.subnet");
        pool("bad", "10.7.0.0/16");
        await().until(() -> state(Kinds.IP_POOL).unreadable().isEmpty());
        await().until(() -> snapshot().spiderpool().ipPools().size() == 2);
    }

    @Test
    void makesTheSameClusterOfTheSameObjectsAsABundle() throws Exception {
        var bundle = BundleReader.bundle(Recordings.path("healthy")).resources();
        Shell.run("tar", "-xzf", Recordings.path("healthy").toString(), "-C", folder.toString());
        try (var files = Files.walk(folder)) {
            var file = files.filter(each -> each.endsWith("resources/cluster.json"))
                    .findFirst()
                    .orElseThrow();
            api.load(JsonMapper.shared()
                    .readTree(Files.readAllBytes(file))
                    .path("items")
                    .valueStream()
                    .filter(item -> !item.path("kind").asString("").isEmpty())
                    .map(ObjectNode.class::cast)
                    .toList());
        }
        watch();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> snapshot().unobserved().isEmpty()
                        && snapshot().pods().size() == bundle.pods().size());
        var live = snapshot();
        assertThat(live.nodes()).isEqualTo(bundle.nodes());
        assertThat(live.services()).isEqualTo(bundle.services());
        assertThat(live.endpointSlices()).isEqualTo(bundle.endpointSlices());
        assertThat(live.spiderpool()).isEqualTo(bundle.spiderpool());
        assertThat(live.cni()).isEqualTo(bundle.cni());
    }
}
