package dev.underpass.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.ResourceState;
import dev.underpass.console.analysis.ResourceState.Status;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.kubeapi.KubeApi;
import dev.underpass.report.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// What the watch makes of an API server, be it the fake or a real one. The tests share one server.
@Tag("kube-api")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WatchContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubeApi api;
    private @Nullable CurrentAnalysis analysis;
    private @Nullable ClusterWatch watch;

    WatchContract(KubeApi api) {
        this.api = api;
    }

    private void watch() throws Exception {
        api.start();
        analysis = new CurrentAnalysis("kubernetes", "test", Clock.systemUTC());
        watch = new ClusterWatch(new ApiClients(api.kubeconfig().toString(), ""), analysis, Clock.systemUTC());
        await().atMost(PATIENCE).until(() -> snapshot().unobserved().isEmpty());
    }

    @AfterEach
    void stop() {
        if (watch != null) {
            watch.destroy();
        }
        if (analysis != null) {
            analysis.destroy();
        }
    }

    @AfterAll
    void close() {
        api.close();
    }

    private CurrentAnalysis analysis() {
        return Objects.requireNonNull(analysis);
    }

    private ClusterSnapshot snapshot() {
        return Objects.requireNonNull(analysis().snapshots().blockFirst());
    }

    private ResourceState state(Kind<?> kind) {
        return analysis().resourceStates().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private <T> List<T> listed(Kind<T> kind) throws Exception {
        var records = new ArrayList<T>();
        for (var object : api.list(kind.resource())) {
            records.add(kind.reader().read(Fields.of(object, "")));
        }
        return records;
    }

    private void equalsAFreshList(Duration within) {
        await().atMost(within).untilAsserted(() -> {
            assertThat(snapshot().services()).containsExactlyInAnyOrderElementsOf(listed(Kinds.SERVICE));
            assertThat(snapshot().spiderpool().ipPools()).containsExactlyInAnyOrderElementsOf(listed(Kinds.IP_POOL));
        });
    }

    /// Creates, changes and deletes.
    private void change(Random random) {
        service("s" + random.nextInt(6), random.nextInt(1, 9_999));
        pool("pool" + random.nextInt(6), "10.%d.0.0/16".formatted(random.nextInt(1, 200)));
        var gone = "s" + random.nextInt(6);
        if (api.find("services", "default/" + gone) != null) {
            api.delete("services", "default/" + gone);
        }
    }

    private void service(String name, int port) {
        var found = api.find("services", "default/" + name);
        if (found == null) {
            api.create("""
                    {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: default},
                     spec: {ports: [{port: %d, protocol: TCP, targetPort: %2$d}]}}
                    """.formatted(name, port));
        } else {
            ((ObjectNode) found.path("spec").path("ports").path(0)).put("port", port);
            api.update(found);
        }
    }

    private void pool(String name, String subnet) {
        var yaml = """
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderIPPool, metadata: {name: %s},
                 spec: {subnet: %s, ips: []}}
                """.formatted(name, subnet);
        if (api.find(Kinds.IP_POOL.resource(), name) == null) {
            api.create(yaml);
        } else {
            api.update(yaml);
        }
    }

    @Test
    void followsWhatIsAddedChangedAndDeleted() throws Exception {
        watch();

        pool("followed", "10.6.0.0/16");
        equalsAFreshList(PATIENCE);
        pool("followed", "10.7.0.0/16");
        equalsAFreshList(PATIENCE);
        api.delete(Kinds.IP_POOL.resource(), "followed");

        equalsAFreshList(PATIENCE);
        assertThat(listed(Kinds.IP_POOL)).noneMatch(pool -> pool.name().equals("followed"));
    }

    @Test
    void equalsAFreshListWithinFiveSecondsOfEachOfTwentyKills() throws Exception {
        var random = new Random(20);
        watch();
        for (int round = 0; round < 20; round++) {
            change(random);
            api.restart();
            change(random);
            equalsAFreshList(Duration.ofSeconds(5));
        }
    }

    @Test
    void equalsAFreshListWithinFiveSecondsOfEachOfTwentyForgottenVersions() throws Exception {
        var random = new Random(21);
        watch();
        for (int round = 0; round < 20; round++) {
            change(random);
            api.expire();
            change(random);
            equalsAFreshList(Duration.ofSeconds(5));
        }
    }

    @Test
    void namesAKindThatIsGoneAndPicksItUpAgain() throws Exception {
        var resource = Kinds.RESERVED_IP.resource();
        watch();

        api.withdraw(resource);
        await().atMost(PATIENCE).until(() -> state(Kinds.RESERVED_IP).status() == Status.ABSENT);
        api.establish(resource);
        api.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderReservedIP, metadata: {name: r},
                 spec: {ips: [10.6.0.9]}}
                """);

        await().atMost(PATIENCE)
                .until(() -> snapshot().spiderpool().reservedIps().size() == 1);
        assertThat(state(Kinds.RESERVED_IP).status()).isEqualTo(Status.WATCHED);
    }

    @Test
    void namesTheRightThatIsMissingAndReadsTheRest() throws Exception {
        api.start();
        api.deny("watch", "spiderippools");
        try {
            analysis = new CurrentAnalysis("kubernetes", "test", Clock.systemUTC());
            watch = new ClusterWatch(new ApiClients(api.kubeconfig().toString(), ""), analysis, Clock.systemUTC());
            await().atMost(PATIENCE).until(() -> state(Kinds.IP_POOL).status() == Status.FORBIDDEN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(snapshot().unobserved()).containsExactly(Kinds.IP_POOL.resource()));

            assertThat(state(Kinds.IP_POOL).reason()).contains("cannot watch resource \"spiderippools\"");
        } finally {
            api.allow("watch", "spiderippools");
        }
        equalsAFreshList(PATIENCE);
    }
}
