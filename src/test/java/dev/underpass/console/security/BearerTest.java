package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Clients;
import dev.underpass.oidc.TestProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;

/// Programs come in with tokens of the provider.
@SecuredConsoleTest
class BearerTest {

    private static final TestProvider PROVIDER = TestProvider.running();

    @LocalServerPort
    private int port;

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(textBlock = """
            viewer,   200, 403, 403
            operator, 200, 400, 403
            admin,    200, 400, 400
            nobody,   403, 403, 403
            """)
    void mayDoWhatTheRoleOfTheirTokenMayAndNeedNoFormToken(String role, int looks, int probes, int edits) {
        var token = PROVIDER.token(role, _ -> {});

        Clients.of(port)
                .get()
                .uri("/api/v1/overview")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(looks)
                .expectCookie()
                .doesNotExist("SESSION");
        for (var asked :
                Map.of("/api/v1/probes", probes, "/api/v1/ippools", edits).entrySet()) {
            Clients.of(port)
                    .post()
                    .uri(asked.getKey())
                    .headers(headers -> headers.setBearerAuth(token))
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("[]")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(asked.getValue());
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(textBlock = """
            viewer, 200, 403
            nobody, 403, 403
            '',     401, 401
            """)
    void howItWasIsForThoseWhoMayLook(String role, int looks, int records) {
        var token = role.isEmpty() ? "x" : PROVIDER.token(role, _ -> {});

        Clients.of(port)
                .get()
                .uri("/at/20991123T100000Z/api/v1/pods")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(looks);
        Clients.of(port)
                .post()
                .uri("/api/v1/recordings")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(records);
    }

    /// Anybody can name keys that nobody has.
    @Test
    void theProviderIsNotAskedForEveryUnknownKey() {
        mayLook(PROVIDER.token("viewer", _ -> {}), 200);
        int before = PROVIDER.keyRequests.get();

        for (int i = 0; i < 20; i++) {
            mayLook(PROVIDER.ofUnknownKey("nobody-" + i), 401);
        }

        assertThat(PROVIDER.keyRequests.get() - before).isLessThanOrEqualTo(2);
        mayLook(PROVIDER.token("viewer", _ -> {}), 200);
    }

    /// Its token has ended, but the provider's clock may be off by a minute.
    @Test
    void theStreamOfAProgramEndsWithItsToken() throws Exception {
        var token = PROVIDER.token(
                "viewer", claims -> claims.expiresAt(Instant.now().minusSeconds(54)));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                .header("Authorization", "Bearer " + token)
                .build();

        try (var client = HttpClient.newHttpClient()) {
            var stream = client.send(request, HttpResponse.BodyHandlers.ofLines());

            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.body().toList()).contains(":events");
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    private void mayLook(String token, int status) {
        Clients.of(port)
                .get()
                .uri("/api/v1/overview")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    static Stream<Named<String>> badTokens() {
        var good = PROVIDER.token("admin", _ -> {});
        var parts = List.of(good.split("\\.", -1));
        var payload = new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8);
        return Stream.of(
                Named.of("expired", PROVIDER.token("admin", claims -> claims.expiresAt(ago(120)))),
                Named.of("never expiring", PROVIDER.token("admin", claims -> claims.claims(all -> all.remove("exp")))),
                Named.of("not yet valid", PROVIDER.token("admin", claims -> claims.notBefore(ago(-120)))),
                Named.of("for others", PROVIDER.token("admin", claims -> claims.audience(List.of("others")))),
                Named.of("for nobody", PROVIDER.token("admin", claims -> claims.claims(all -> all.remove("aud")))),
                Named.of("of others", PROVIDER.token("admin", claims -> claims.issuer("https://evil.example"))),
                Named.of("forged", PROVIDER.forged("admin")),
                Named.of("unsigned", encoded("{\"alg\":\"none\"}") + "." + parts.get(1) + "."),
                Named.of("stripped", parts.get(0) + "." + parts.get(1) + "."),
                Named.of(
                        "tampered",
                        parts.get(0) + "." + encoded(payload.replace("robot-", "robot_")) + "." + parts.get(2)),
                Named.of(
                        "of a shared secret", encoded("{\"alg\":\"HS256\"}") + "." + parts.get(1) + "." + parts.get(2)),
                Named.of("no token", "nonsense"));
    }

    private static Instant ago(long seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void badTokensAreRefusedWithoutADetail(String token) {
        for (var path : List.of("/api/v1/overview", "/api/v1/events", "/")) {
            var answer = Clients.of(port)
                    .get()
                    .uri(path)
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .valueEquals("WWW-Authenticate", "Bearer")
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();

            assertThat(answer).contains("You are not logged in").doesNotContainIgnoringCase("expired", "audience");
        }
    }

    @Test
    void aTokenWithinTheSkewOfTheClocksIsTaken() {
        Clients.of(port)
                .get()
                .uri("/api/v1/overview")
                .headers(
                        headers -> headers.setBearerAuth(PROVIDER.token("viewer", claims -> claims.expiresAt(ago(20)))))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aRefusalNamesTheRoleThatIsNeeded() {
        Clients.of(port)
                .post()
                .uri("/api/v1/probes")
                .headers(headers -> headers.setBearerAuth(PROVIDER.token("viewer", _ -> {})))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/not-permitted")
                .jsonPath("$.detail")
                .isEqualTo("This needs the role operator.");
    }
}
