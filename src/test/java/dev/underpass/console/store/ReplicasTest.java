package dev.underpass.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.kubeapi.FakeKubeApi;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Two replicas of one console, one cluster and one Redis.
@Tag("kube-api")
class ReplicasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NODE = "/api/v1/nodes/node1";
    private static final NodeReport REPORT = Recordings.read("hijack-route-deleted").reports().values().stream()
            .filter(report -> report.node().equals("node1"))
            .findFirst()
            .orElseThrow();

    private static FakeKubeApi api;
    private RedisServer redis;
    private Replica a;
    private Replica b;

    @BeforeAll
    static void cluster() throws BundleException {
        api = new FakeKubeApi();
        api.start();
        BundleReader.contents(Recordings.path("hijack-route-deleted"))
                .resources()
                .values()
                .forEach(list -> list.forEach(object -> api.load(List.of((ObjectNode) object))));
    }

    @AfterAll
    static void end() {
        api.close();
    }

    @BeforeEach
    void start() {
        redis = RedisServer.keeping();
        a = replica();
        b = replica();
    }

    private Replica replica() {
        return Replica.started(
                redis,
                "--underpass.source=kubernetes",
                "--underpass.kubernetes.kubeconfig=" + api.kubeconfig(),
                "--underpass.agents.auth=loopback");
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            a.close();
            b.close();
            redis.close();
        }
        api.unload("spiderippools", "shared");
    }

    private static NodeReport report(String start, long sequence) {
        return new NodeReport(
                "node1", sequence, start, "test", REPORT.collectedAt(), REPORT.host(), REPORT.pods(), REPORT.probes());
    }

    private static int put(Replica replica, NodeReport report) {
        var json = new ByteArrayOutputStream();
        ReportWriter.write(report, json);
        return put(replica, json);
    }

    private static int put(Replica replica, ByteArrayOutputStream json) {
        return replica.send(HttpMethod.PUT, NODE + "/report", json.toString(StandardCharsets.UTF_8))
                .getStatus()
                .value();
    }

    private static int change(Replica replica, NodeReport report, NodeReport base) {
        var json = new ByteArrayOutputStream();
        ReportWriter.changes(report, base, json);
        return put(replica, json);
    }

    private static void awaitSequence(Replica replica, String start, long sequence) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var shown = replica.get(NODE + "/report");
            assertThat(shown.path("bootId").asString("")).isEqualTo(start);
            assertThat(shown.path("sequence").asLong(-1)).isEqualTo(sequence);
        });
    }

    @Test
    void aReportToOneIsShownByTheOtherWhichTakesTheChangesToIt() {
        assertThat(put(a, report("one", 1))).isEqualTo(204);
        awaitSequence(b, "one", 1);

        assertThat(change(b, report("one", 2), report("one", 1))).isEqualTo(204);
        awaitSequence(a, "one", 2);
        assertThat(put(a, report("one", 1))).as("an older one").isEqualTo(409);
        assertThat(change(a, report("one", 9), report("one", 8)))
                .as("changes to an unknown one")
                .isEqualTo(409);

        assertThat(put(b, report("two", 1))).isEqualTo(204);
        awaitSequence(a, "two", 1);
        assertThat(put(a, report("one", 3))).as("of a start that is over").isEqualTo(409);
    }

    @Test
    void manyChangesAreOneReportToAReplicaThatStarts() {
        put(a, report("one", 0));
        for (int i = 1; i <= 150; i++) {
            assertThat(change(a, report("one", i), report("one", i - 1))).isEqualTo(204);
        }
        awaitSequence(b, "one", 150);

        b.close();
        b = replica();

        assertThat(b.get(NODE + "/report").path("sequence").asLong(-1)).isEqualTo(150);
        assertThat(b.get(NODE + "/report")).isEqualTo(a.get(NODE + "/report"));
    }

    private static boolean has(List<ServerSentEvent<String>> events, String name) {
        return events.stream().anyMatch(event -> name.equals(event.event()));
    }

    @Test
    void aProbeAskedOfOneReachesTheAgentAtTheOther() {
        var agent = b.stream(NODE + "/commands");
        await().atMost(PATIENCE).until(() -> has(agent, "pods"));

        var probe = Replica.json(a.send(
                HttpMethod.POST, "/api/v1/probes", "{\"pod\":\"lab/u1\",\"service\":\"lab/web-n1\",\"port\":80}"));

        assertThat(probe.path("state").asString("")).as(probe.toString()).isEqualTo("pending");
        await().atMost(PATIENCE).until(() -> has(agent, "probe"));
        await().atMost(PATIENCE)
                .until(() -> b.get("/api/v1/probes/" + probe.path("id").asString())
                        .path("state")
                        .asString("")
                        .equals("pending"));
        assertThat(a.send(HttpMethod.POST, NODE + "/read", "").getStatus().value())
                .isEqualTo(202);
        await().atMost(PATIENCE).until(() -> has(agent, "read"));
        assertThat(a.send(HttpMethod.POST, "/api/v1/nodes/node2/read", "")
                        .getStatus()
                        .value())
                .isEqualTo(503);
    }

    @Test
    void theNewestStreamOfAnAgentCountsWhereverItIs() {
        var before = a.stream(NODE + "/commands");
        await().atMost(PATIENCE).until(() -> has(before, "pods"));
        var after = b.stream(NODE + "/commands");
        await().atMost(PATIENCE).until(() -> has(after, "pods"));

        await().atMost(PATIENCE).until(() -> {
            a.send(HttpMethod.POST, NODE + "/read", "");
            return has(after, "read");
        });
    }

    @Test
    void aViewSavedAtOneIsRenamedAtTheOtherAndGoneAtBoth() {
        a.form("/views", "name", "Broken", "to", "/pods?q=verdict:unreachable");
        var id = awaitView(b, "Broken");

        b.form("/views/" + id + "/rename", "name", "Broken in lab");
        assertThat(awaitView(a, "Broken in lab")).isEqualTo(id);
        b.close();
        b = replica();
        assertThat(awaitView(b, "Broken in lab")).as("to a replica that starts").isEqualTo(id);

        a.form("/views/" + id + "/delete");
        await().atMost(PATIENCE).until(() -> !Clients.page(b.port(), "/views").contains(id));
    }

    /// The balancer sends the page that a form leads to wherever it likes.
    @Test
    void whatAFormLeadsToIsThereAtTheOtherAtOnce() {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            addresses.add(a.form("/pools/new/review", "operation", "CREATE", "yaml", "a: 1", "name", "p" + i));
            addresses.add(a.form("/trace/keep", "from", "lab/u1", "to", "lab/web:80", "compare", ""));
            for (var address : addresses.subList(2 * i, 2 * i + 2)) {
                Clients.of(b.port())
                        .get()
                        .uri(address)
                        .exchange()
                        .expectStatus()
                        .isOk();
            }
        }

        var draft = addresses.getFirst();
        b.form(draft + "/discard");
        await().atMost(PATIENCE).until(() -> !Clients.page(a.port(), "/changes").contains(draft));
        b.close();
        b = replica();
        assertThat(Clients.page(b.port(), "/changes"))
                .as("at a replica that starts")
                .contains(addresses.get(2))
                .doesNotContain(draft);
    }

    @Test
    void aFindingMutedAtOneIsUnmutedAtTheOtherAndAtOneThatStarts() {
        var code = Replica.json(a.send(HttpMethod.GET, "/api/v1/findings", ""))
                .path("items")
                .path(0)
                .path("code")
                .asString();
        a.form("/findings/" + code, "reason", "known at both", "hours", "24");
        await().atMost(PATIENCE).until(() -> muted(b, code));
        b.close();
        b = replica();
        assertThat(muted(b, code)).as("at a replica that starts").isTrue();

        b.form("/findings/" + code + "/unmute");
        await().atMost(PATIENCE).until(() -> !muted(a, code));
    }

    private static boolean muted(Replica replica, String code) {
        return Clients.page(replica.port(), "/findings/" + code).contains("known at both");
    }

    private static String awaitView(Replica replica, String name) {
        var link = Pattern.compile("href=\"/views/([^\"]+)\"><bdi>" + name + "<");
        return await().atMost(PATIENCE)
                .until(
                        () -> link.matcher(Clients.page(replica.port(), "/views"))
                                .results()
                                .map(match -> match.group(1))
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    private static ObjectNode pool() {
        return api.create("""
                {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderIPPool, metadata: {name: shared},
                 spec: {subnet: 10.77.0.0/16, gateway: 10.77.0.1, ips: [10.77.1.1-10.77.1.9]}}
                """);
    }

    /// Changes the pool's gateway by the console, as the last byte says.
    private static String edit(Replica replica, int last) {
        var path = "/api/v1/ippools/shared";
        var read = replica.send(HttpMethod.GET, path, "");
        var object = (ObjectNode) Replica.json(read);
        ((ObjectNode) object.path("spec")).put("gateway", "10.77.0." + last);
        var edited = replica.send(
                HttpMethod.PUT,
                path + "?force=true",
                object.toString(),
                "If-Match",
                Objects.requireNonNull(read.getResponseHeaders().getETag()));
        assertThat(edited.getStatus().value())
                .as(Replica.json(edited).toString())
                .isEqualTo(200);
        return Objects.requireNonNull(edited.getResponseHeaders().getFirst("Underpass-Edit"));
    }

    private static List<JsonNode> journal(Replica replica) {
        return replica.get("/api/v1/journal?limit=1000")
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("name").asString("").equals("shared"))
                .toList();
    }

    private static List<String> edits(Replica replica) {
        return replica.get("/api/v1/edits?limit=1000")
                .path("items")
                .valueStream()
                .map(edit -> edit.path("id").asString(""))
                .toList();
    }

    private void awaitWatched() {
        for (var replica : List.of(a, b)) {
            await().atMost(PATIENCE)
                    .until(() -> replica.get("/api/v1/ippools").toString().contains("shared"));
            await().atMost(PATIENCE).until(() -> !journal(replica).isEmpty());
        }
    }

    @Test
    void whatBothSawIsInTheJournalOnceAndEitherTakesItBack() {
        pool();
        awaitWatched();

        var edit = edit(a, 2);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(journal(a)).hasSize(2);
            assertThat(ids(journal(b))).isEqualTo(ids(journal(a)));
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(edits(b)).containsExactly(edit));
        var shown = b.get("/api/v1/edits/" + edit);
        assertThat(shown).isEqualTo(a.get("/api/v1/edits/" + edit));
        assertThat(b.page("/changes/" + edit)).contains("10.77.0.2");

        var undone = b.send(HttpMethod.POST, "/api/v1/edits/" + edit + "/undo", "{}");
        assertThat(undone.getStatus().value())
                .as(Replica.json(undone).toString())
                .isEqualTo(200);
        assertThat(Replica.json(undone).path("spec").path("gateway").asString(""))
                .isEqualTo("10.77.0.1");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(edits(a)).hasSize(2);
            assertThat(journal(a)).hasSize(3);
            assertThat(ids(journal(b))).isEqualTo(ids(journal(a)));
        });
    }

    private static List<Long> ids(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("id").asLong(-1)).toList();
    }

    @Test
    void withoutRedisBothGoOnAndSaySoAndCatchUp() {
        pool();
        awaitWatched();
        put(a, report("one", 1));
        awaitSequence(b, "one", 1);

        redis.stop();
        await().atMost(PATIENCE)
                .until(() -> a.store().awaySince() != null && b.store().awaySince() != null);
        var byA = edit(a, 2);
        var byB = edit(b, 3);
        assertThat(put(a, report("one", 2))).isEqualTo(204);
        assertThat(put(b, report("one", 3))).isEqualTo(204);
        assertThat(a.page("/setup")).contains("Redis has not answered since");
        assertThat(a.page("/pods")).contains("this replica shows what it knows itself");
        assertThat(a.get("/api/v1/setup").path("store").path("awaySince").isString())
                .isTrue();
        assertThat(gauge(a, "up")).isZero();
        assertThat(gauge(a, "waiting")).isPositive();
        assertThat(edits(a)).containsExactly(byA);
        assertThat(edits(b)).containsExactly(byB);
        api.stop();
        try {
            await().atMost(PATIENCE)
                    .until(() -> a.get("/api/v1/setup").toString().contains("\"interrupted\""));
            // What a replica shows then is worth more than none: no traffic is taken from it, and it is not restarted.
            assertThat(List.of("", "/liveness", "/readiness"))
                    .allSatisfy(group ->
                            assertThat(a.management("/actuator/health" + group)).isEqualTo(200));
            assertThat(a.page("/pods")).contains("lab/u1");
        } finally {
            api.start();
        }

        redis.start();
        awaitSequence(a, "one", 3);
        for (var replica : List.of(a, b)) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(edits(replica)).containsExactly(byB, byA);
                assertThat(journal(replica)).hasSize(3);
                assertThat(replica.store()).isEqualTo(new Store.Status(true, null, "", 0, 0));
            });
        }
        assertThat(ids(journal(b))).isEqualTo(ids(journal(a)));
        assertThat(gauge(a, "up")).isOne();
        assertThat(gauge(a, "waiting")).isZero();
        assertThat(a.page("/setup")).doesNotContain("has not answered").contains("Redis answers");
    }

    private static double gauge(Replica replica, String name) {
        return replica.bean(MeterRegistry.class)
                .get("underpass.store." + name)
                .gauge()
                .value();
    }

    @Test
    void aReplicaThatStartsSeesEverything() {
        pool();
        awaitWatched();
        var edit = edit(b, 2);
        put(b, report("one", 7));
        var kept = a.send(HttpMethod.POST, "/trace/keep?from=lab/u1&to=lab/web-n1:80", "");
        assertThat(kept.getStatus().value()).isEqualTo(303);
        var trace =
                Objects.requireNonNull(kept.getResponseHeaders().getLocation()).getPath();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(journal(a)).hasSize(2));
        var answer = main(a.page(trace));
        var before = ids(journal(a));
        await().atMost(PATIENCE).until(() -> a.store().waiting() + b.store().waiting() == 0);

        a.close();
        a = replica();

        assertThat(edits(a)).containsExactly(edit);
        assertThat(ids(journal(a))).isEqualTo(before);
        awaitSequence(a, "one", 7);
        assertThat(main(a.page(trace))).isEqualTo(answer);
        assertThat(main(b.page(trace))).isEqualTo(answer);
    }

    private static String main(String page) {
        var from = page.indexOf("<main");
        return page.substring(from, page.indexOf("</main>", from));
    }

    @Test
    void aStreamThatIsResumedAtTheOtherReadsEverythingAnew() {
        var first = a.stream("/api/v1/events");
        await().atMost(PATIENCE).until(() -> first.stream().anyMatch(event -> event.id() != null));
        var last = first.stream()
                .map(ServerSentEvent::id)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();

        var resumed = b.stream("/api/v1/events", "Last-Event-ID", last);

        await().atMost(PATIENCE).until(() -> has(resumed, "reset"));
    }

    /// Nothing else happens in the cluster.
    @Test
    void openPagesAreToldThatRedisWentAwayAndCameBack() {
        var told = a.stream("/api/v1/events");
        await().atMost(PATIENCE).until(() -> has(told, "analysis"));
        told.clear();
        var banner = "id=\"store-away\" data-live";
        assertThat(a.page("/settings")).contains(banner).doesNotContain("this replica shows what it knows itself");

        redis.stop();
        await().atMost(PATIENCE).until(() -> has(told, "analysis"));
        assertThat(a.page("/settings")).contains(banner, "this replica shows what it knows itself");
        told.clear();

        redis.start();
        await().atMost(PATIENCE).until(() -> has(told, "analysis"));
        assertThat(a.page("/settings")).contains(banner).doesNotContain("this replica shows what it knows itself");
    }

    @Test
    void aRedisThatForgotIsToldAgain() {
        redis.close();
        a.close();
        b.close();
        redis = RedisServer.forgetful();
        a = replica();
        b = replica();
        pool();
        awaitWatched();
        var edit = edit(a, 2);
        put(a, report("one", 4));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(edits(b)).containsExactly(edit));

        redis.stop();
        await().atMost(PATIENCE)
                .until(() -> a.store().awaySince() != null && b.store().awaySince() != null);
        redis.start();
        await().atMost(PATIENCE)
                .until(() -> a.store().equals(new Store.Status(true, null, "", 0, 0))
                        && b.store().equals(new Store.Status(true, null, "", 0, 0)));
        // Reports are told on a connection of their own, which may be back a little later.
        try (var third = replica()) {
            awaitSequence(third, "one", 4);
        }
        a.close();
        b.close();
        a = replica();
        b = replica();

        assertThat(edits(a)).containsExactly(edit);
        assertThat(journal(a)).hasSize(2);
        assertThat(ids(journal(b))).isEqualTo(ids(journal(a)));
        awaitSequence(b, "one", 4);
    }
}
