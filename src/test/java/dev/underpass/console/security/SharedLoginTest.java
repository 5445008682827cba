package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.console.store.RedisServer;
import dev.underpass.console.store.Replica;
import dev.underpass.console.store.Store;
import dev.underpass.oidc.TestProvider;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A login at one replica is a login at all of them.
class SharedLoginTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final TestProvider PROVIDER = TestProvider.running();

    private static RedisServer redis;
    private static Replica a;
    private static Replica b;

    @BeforeAll
    static void start() {
        PROVIDER.roles.put("ada", List.of("admin"));
        PROVIDER.roles.put("vera", List.of("viewer"));
        redis = RedisServer.keeping();
        a = replica("30m", "8h");
        b = replica("30m", "8h");
    }

    private static Replica replica(String idle, String absolute) {
        var replica = Replica.started(
                redis,
                "--underpass.source=bundle:" + Recordings.path("hijack-route-deleted"),
                "--underpass.security.oidc.issuer=" + PROVIDER.issuer(),
                "--underpass.security.oidc.client-id=" + TestProvider.CLIENT,
                "--underpass.security.oidc.client-secret=" + TestProvider.SECRET,
                "--underpass.audit=target/audit-of-shared-logins.jsonl",
                "--underpass.security.oidc.idle-timeout=" + idle,
                "--underpass.security.oidc.absolute-timeout=" + absolute);
        PROVIDER.knows(replica.port());
        return replica;
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            a.close();
            b.close();
            redis.close();
        }
    }

    private static Person person(String name) {
        return new Person(at(a), PROVIDER.issuer(), name);
    }

    private static String at(Replica replica) {
        return "http://127.0.0.1:" + replica.port();
    }

    private static HttpResponse<String> overview(Person person, Replica replica) {
        return person.get(at(replica) + "/api/v1/overview", false);
    }

    /// Cookies hold for all ports of a host.
    @Test
    void holdsEverywhereUntilTheLogoutAnywhere() {
        var vera = person("vera");

        assertThat(vera.logIn("/pods").statusCode()).isEqualTo(200);
        assertThat(overview(vera, b).statusCode()).isEqualTo(200);
        var page = vera.get(at(b) + "/pods", false).body();
        assertThat(page).contains("vera", "viewer");
        assertThat(vera.cookie("SESSION").orElseThrow().isHttpOnly()).isTrue();

        var left = vera.post(
                "/logout", "_csrf=" + Person.token(vera.get("/pods", false).body()));

        assertThat(left.statusCode()).isEqualTo(200);
        assertThat(overview(vera, a).statusCode()).isEqualTo(401);
        assertThat(overview(vera, b).statusCode()).isEqualTo(401);
    }

    /// Each refresh token of this provider serves once, and each request wants another access token.
    @Test
    void isRenewedByEachReplicaWithoutDisturbingTheOther() throws Exception {
        PROVIDER.accessTokens = Duration.ofSeconds(20);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var vera = person("vera");
            vera.logIn("/pods");
            var requests = IntStream.range(0, 24)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> overview(vera, i % 2 == 0 ? a : b).statusCode())
                    .toList();

            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(200);
            }
            PROVIDER.roles.put("vera", List.of("operator"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(vera.get(at(b) + "/pods", false).body()).contains(">operator</span>"));
        } finally {
            PROVIDER.accessTokens = Duration.ofMinutes(5);
            PROVIDER.roles.put("vera", List.of("viewer"));
        }
    }

    @Test
    void outlastsTheReplicaThatMadeIt() {
        Person ada;
        try (var first = replica("30m", "8h")) {
            ada = new Person(at(first), PROVIDER.issuer(), "ada");
            ada.logIn("/pods");
        }

        assertThat(overview(ada, a).statusCode()).isEqualTo(200);
    }

    @Test
    void endsAStreamAtOneReplicaWithTheLogoutAtAnother() throws Exception {
        var vera = person("vera");
        vera.logIn("/pods");
        try (var stream = vera.stream(at(b) + "/api/v1/events")) {
            assertThat(stream.readLine()).isNotNull();

            vera.post(
                    "/logout", "_csrf=" + Person.token(vera.get("/pods", false).body()));

            // Ends, instead of waiting for events for ever.
            while (stream.readLine() != null) {
                assertThat(overview(vera, b).statusCode()).isEqualTo(401);
            }
        }
    }

    /// The provider tells one replica; the stream is at the other.
    @Test
    void endsAtEveryReplicaWithTheLogoutAtTheProvider() throws Exception {
        var vera = person("vera");
        vera.logIn("/pods");
        var session = Objects.requireNonNull(PROVIDER.sessions.get("vera"));
        try (var stream = vera.stream(at(b) + "/api/v1/events")) {
            assertThat(stream.readLine()).isNotNull();

            var told = vera.post(
                    BackChannel.PATH, "logout_token=" + PROVIDER.logout(claims -> claims.put("sid", session)));

            assertThat(told.statusCode()).isEqualTo(200);
            // Ends, instead of waiting for events for ever; then the other replica knows too.
            while (stream.readLine() != null) {
                assertThat(overview(vera, a).statusCode()).isEqualTo(401);
            }
            assertThat(overview(vera, b).statusCode()).isEqualTo(401);
            assertThat(overview(vera, a).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void endsAtEveryReplicaWhenItIsOldHoweverBusy() {
        try (var brief = replica("30m", "1s")) {
            var vera = person("vera");
            vera.logIn("/pods");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(overview(vera, brief).statusCode()).isEqualTo(401));
            assertThat(overview(vera, a).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void endsAtEveryReplicaWhenItIsIdle() {
        try (var brief = replica("1s", "8h")) {
            var vera = new Person(at(brief), PROVIDER.issuer(), "vera");
            vera.logIn("/pods");

            await().pollDelay(Duration.ofMillis(1_500))
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(overview(vera, a).statusCode()).isEqualTo(401));
        }
    }

    @Test
    void withoutRedisThoseWhoAreKnownGoOnAndMayLeave() {
        var vera = person("vera");
        var ada = person("ada");
        vera.logIn("/pods");
        ada.logIn("/pods");
        redis.stop();
        try {
            assertThat(overview(vera, a).statusCode()).isEqualTo(200);
            assertThat(overview(ada, a).statusCode()).isEqualTo(200);
            vera.post(
                    "/logout", "_csrf=" + Person.token(vera.get("/pods", false).body()));
            assertThat(overview(vera, a).statusCode()).isEqualTo(401);
        } finally {
            redis.start();
        }
        await().atMost(PATIENCE)
                .until(() -> a.bean(Store.class).status().awaySince() == null
                        && b.bean(Store.class).status().awaySince() == null);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(overview(ada, b).statusCode()).isEqualTo(200));
        assertThat(overview(vera, a).statusCode()).isEqualTo(401);
    }
}
