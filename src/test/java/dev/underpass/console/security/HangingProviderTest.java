package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// A provider that takes connections and says nothing holds up those alone who need it.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "underpass.audit=target/audit-of-hanging.jsonl",
            "underpass.security.oidc.client-id=console",
            "underpass.security.oidc.audience=underpass-api"
        })
class HangingProviderTest {

    private static final int STRANGERS = 80;
    private static final Path AUDIT = Path.of("target/audit-of-hanging.jsonl");

    /// Where the keys should be. The kernel takes the connections.
    private static final ServerSocket SILENT = silent();

    private static final HttpServer PROVIDER = provider();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.security.oidc.issuer", HangingProviderTest::issuer);
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private static String issuer() {
        return "http://127.0.0.1:" + PROVIDER.getAddress().getPort();
    }

    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer provider() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/openid-configuration", exchange -> {
                var answer = """
                        {"issuer": "%1$s", "authorization_endpoint": "%1$s/a", "token_endpoint": "http://127.0.0.1:%2$d/token",
                         "jwks_uri": "http://127.0.0.1:%2$d/keys", "subject_types_supported": ["public"]}
                        """.formatted(issuer(), SILENT.getLocalPort()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        PROVIDER.stop(0);
        SILENT.close();
    }

    @Test
    void everybodyElseIsServedAndAudited() throws Exception {
        askWithoutLogin(0);
        try (var client = HttpClient.newHttpClient()) {
            var strangers = IntStream.range(0, STRANGERS)
                    .mapToObj(i -> client.sendAsync(stranger(i), HttpResponse.BodyHandlers.discarding()))
                    .toList();
            SILENT.accept();

            long meanwhile = IntStream.range(0, 20)
                    .filter(number -> isRefusedAtOnce(number, strangers))
                    .count();

            assertThat(meanwhile)
                    .as("answers to others while all who need its keys wait")
                    .isPositive();
            assertThat(Files.readString(AUDIT)).contains("/api/v1/pods/nobody/19");
            assertThat(strangers)
                    .allSatisfy(each -> assertThat(each.get().statusCode()).isEqualTo(503));
        }
    }

    private boolean isRefusedAtOnce(int number, List<? extends CompletableFuture<?>> waiting) {
        askWithoutLogin(number);
        return waiting.stream().noneMatch(CompletableFuture::isDone);
    }

    private void askWithoutLogin(int number) {
        Clients.of(port)
                .get()
                .uri("/api/v1/pods/nobody/" + number)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aLoginThatItDoesNotFinishIsNotCalledBad() throws Exception {
        var console = "http://127.0.0.1:" + port;
        try (var client = HttpClient.newHttpClient()) {
            var begun = client.send(
                    HttpRequest.newBuilder(URI.create(console + "/oauth2/authorization/underpass"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            var state = begun.headers().firstValue("Location").orElseThrow().replaceAll(".*[?&]state=([^&]*).*", "$1");
            var cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");

            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(console + "/login/oauth2/code/underpass?code=any&state=" + state))
                            .header("Cookie", cookie)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("cannot be reached now");
        }
    }

    /// Half of them send what a program does, and half what the provider does when somebody has logged out.
    private HttpRequest stranger(int number) {
        var token = encoded("{\"alg\":\"RS256\",\"kid\":\"%d\"}".formatted(number)) + "." + encoded("{}") + ".AAAA";
        var console = "http://127.0.0.1:" + port;
        return number % 2 == 0
                ? HttpRequest.newBuilder(URI.create(console + "/api/v1/overview"))
                        .header("Authorization", "Bearer " + token)
                        .build()
                : HttpRequest.newBuilder(URI.create(console + BackChannel.PATH))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
                        .build();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
