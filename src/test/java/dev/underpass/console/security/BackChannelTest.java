package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.oidc.TestProvider;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The provider ends logins by itself, and nobody else does.
@SecuredConsoleTest
class BackChannelTest {

    private static final TestProvider PROVIDER = TestProvider.running();

    @LocalServerPort
    private int port;

    private final String name = "leaving-" + Long.toString(System.nanoTime(), 36);

    @BeforeEach
    void people() {
        PROVIDER.knows(port);
        PROVIDER.roles.put(name, List.of("viewer"));
    }

    private Person person() {
        return new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), name);
    }

    private String session() {
        return Objects.requireNonNull(PROVIDER.sessions.get(name));
    }

    /// As the provider tells it: with no cookie.
    private HttpResponse<String> told(String form) {
        return person().post(BackChannel.PATH, form);
    }

    private static int status(Person person) {
        return person.get("/api/v1/overview", false).statusCode();
    }

    @Test
    void endsThatLoginAndItsStreamButNoOtherOfThePerson() {
        var here = person();
        here.logIn("/");
        var session = session();
        var elsewhere = person();
        elsewhere.logIn("/");
        var stream = here.stream("/api/v1/events");

        var answer = told("logout_token=" + PROVIDER.logout(claims -> claims.put("sid", session)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        // Ends, instead of waiting for events for ever.
        assertThat(stream.lines().toList()).contains(":events");
        assertThat(status(here)).isEqualTo(401);
        assertThat(status(elsewhere)).isEqualTo(200);
    }

    @Test
    void endsAllLoginsOfAPersonWhereNoSessionIsNamedAndLaterOnesGoOn() {
        var one = person();
        var other = person();
        one.logIn("/");
        other.logIn("/");

        assertThat(told("logout_token=" + PROVIDER.logout(claims -> claims.put("sub", name)))
                        .statusCode())
                .isEqualTo(200);

        assertThat(status(one)).isEqualTo(401);
        assertThat(status(other)).isEqualTo(401);
        var later = person();
        later.logIn("/");
        assertThat(status(later)).isEqualTo(200);
    }

    @Test
    void aTokenServesOnce() {
        var form = "logout_token=" + PROVIDER.logout(claims -> claims.put("sub", name));

        assertThat(told(form).statusCode()).isEqualTo(200);
        assertThat(told(form)).satisfies(BackChannelTest::isRefusedWithoutAReason);
    }

    private static void isRefusedWithoutAReason(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                change("another issuer", claims -> claims.put("iss", "https://evil.example")),
                change("another audience", claims -> claims.put("aud", List.of("somebody-else"))),
                change("the audience of programs", claims -> claims.put("aud", List.of(TestProvider.AUDIENCE))),
                change("a nonce", claims -> claims.put("nonce", "n")),
                change("no id", claims -> claims.remove("jti")),
                change("no time", claims -> claims.remove("iat")),
                change("of yesterday, good until next year", claims -> {
                    claims.put("iat", Instant.now().minus(Duration.ofDays(1)));
                    claims.put("exp", Instant.now().plus(Duration.ofDays(365)));
                }),
                change("of an hour ahead", claims -> {
                    claims.put("iat", Instant.now().plus(Duration.ofHours(1)));
                    claims.put("exp", Instant.now().plus(Duration.ofHours(2)));
                }),
                change("no end", claims -> claims.remove("exp")),
                change("expired", claims -> {
                    claims.put("iat", Instant.now().minusSeconds(200));
                    claims.put("exp", Instant.now().minusSeconds(90));
                }),
                change(
                        "not valid yet",
                        claims -> claims.put("nbf", Instant.now().plusSeconds(90))),
                change("no event", claims -> claims.remove("events")),
                change("another event", claims -> claims.put("events", Map.of("login", Map.of()))),
                change("an event that is none", claims -> claims.put("events", "logout")),
                change("nobody", claims -> claims.remove("sub")),
                change("a blank session", claims -> claims.put("sid", " ")),
                change("a session that is no text", claims -> claims.put("sid", Map.of("a", 1))),
                change("a name without end", claims -> claims.put("sub", "x".repeat(1_001))));
    }

    private static Arguments change(String what, Consumer<Map<String, Object>> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    void whatIsNoLogoutOfOursIsRefused(String what, Consumer<Map<String, Object>> change) {
        var vera = person();
        vera.logIn("/");

        var answer = told("logout_token="
                + PROVIDER.logout(claims -> {
                    claims.put("sub", name);
                    change.accept(claims);
                }));

        assertThat(answer).as(what).satisfies(BackChannelTest::isRefusedWithoutAReason);
        assertThat(status(vera)).isEqualTo(200);
    }

    Stream<String> forms() {
        var good = PROVIDER.logout(claims -> claims.put("sub", name));
        var parts = good.split("\\.", -1);
        var none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                "",
                "x",
                "logout_token=",
                "logout_token=%zz",
                "logout_token=<script>alert(1)</script>",
                "logout_token=" + none + "." + parts[1] + ".",
                "logout_token=" + none + "." + parts[1] + "." + parts[2],
                "logout_token=" + parts[0] + "." + parts[1] + "." + parts[2].substring(4),
                "logout_token=" + PROVIDER.forgedLogout(claims -> claims.put("sub", name)),
                "logout_token=" + PROVIDER.token("admin", claims -> claims.subject(name)),
                "logout_token=" + good + "&logout_token=" + good,
                "logout_token=" + "x".repeat(100_000));
    }

    @Test
    void whatTheProviderDidNotSignIsRefused() {
        var vera = person();
        vera.logIn("/");

        assertThat(forms())
                .allSatisfy(
                        form -> assertThat(told(form)).as(form).satisfies(BackChannelTest::isRefusedWithoutAReason));

        assertThat(status(vera)).isEqualTo(200);
        assertThat(vera.json(BackChannel.PATH, "{}", "").statusCode()).isEqualTo(415);
    }

    /// Anybody may come here, as often as they like: what they bring costs the provider nothing, and keeps it out of
    /// nothing.
    @Test
    void forgeriesDoNotHaveTheProviderAskedForItsKeysNorKeepItOut() {
        assertThat(told("logout_token=" + PROVIDER.logout(claims -> claims.put("sub", name)))
                        .statusCode())
                .isEqualTo(200);
        int before = PROVIDER.keyRequests.get();

        for (int i = 0; i < 20; i++) {
            assertThat(told("logout_token=" + PROVIDER.ofUnknownKey("nobody-" + i)))
                    .satisfies(BackChannelTest::isRefusedWithoutAReason);
        }

        // Two in the 30 seconds that end meanwhile, two in the next.
        assertThat(PROVIDER.keyRequests.get() - before).isLessThanOrEqualTo(4);
        assertThat(told("logout_token=" + PROVIDER.logout(claims -> claims.put("sub", name)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theAuditLogSaysWhomTheProviderLoggedOutAndWhatWasNoLogout() throws Exception {
        told("logout_token="
                + PROVIDER.logout(claims -> {
                    claims.put("sub", name);
                    claims.put("sid", "session of " + name);
                }));
        told("logout_token=" + name);

        var lines = Files.readAllLines(Path.of("target/audit-of-logins.jsonl")).stream()
                .filter(line -> line.contains(BackChannel.PATH))
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.contains(name))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"audit\":\"logout\",",
                                "\"who\":\"" + name + "\"",
                                "\"result\":\"done\",\"status\":200",
                                "\"session\":\"session of " + name + "\""));
        assertThat(lines).last().asString().contains("\"who\":\"\"", "\"result\":\"failed\",\"status\":400");
    }
}
