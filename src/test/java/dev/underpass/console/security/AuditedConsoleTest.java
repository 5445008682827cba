package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.Clients;
import dev.underpass.oidc.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/// Logins, logouts, probes and refusals in the audit log.
@SecuredConsoleTest
class AuditedConsoleTest {

    private static final TestProvider PROVIDER = TestProvider.running();
    private static final Path FILE = Path.of("target/audit-of-logins.jsonl");

    @LocalServerPort
    private int port;

    private final String name = "somebody-" + Long.toString(System.nanoTime(), 36);

    private Stream<String> lines() throws IOException {
        return Files.readAllLines(FILE).stream().filter(line -> line.contains(name));
    }

    private static String undated(String line) {
        return line.replaceAll("\"at\":\"[^\"]*\",", "").replaceAll("\"(probe|targets)\":\"[^\"]*\",?", "");
    }

    @Test
    void aLoginAndALogoutNameThePersonAndTheirRole() throws IOException {
        PROVIDER.knows(port);
        PROVIDER.roles.put(name, List.of("operator"));
        var person = new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), name);

        var page = person.logIn("/");
        person.get("/pods", true);
        person.post("/logout", "_csrf=" + Person.token(page.body()));

        assertThat(lines().map(AuditedConsoleTest::undated)).containsExactly("""
                {"audit":"login","who":"%s","role":"operator","from":"127.0.0.1","method":"GET","path":"/login/oauth2/code/underpass",\
                "result":"done","status":302}""".formatted(name), """
                {"audit":"logout","who":"%s","role":"operator","from":"127.0.0.1","method":"POST","path":"/logout",\
                "result":"done","status":200}""".formatted(name));
    }

    @Test
    void aRefusalNamesWhoWasRefusedWhat() throws IOException {
        send("/api/v1/ippools/" + name, PROVIDER.token("viewer", _ -> {}));
        send("/api/v1/ippools/" + name, PROVIDER.forged("admin"));

        assertThat(lines().map(AuditedConsoleTest::undated)).containsExactly("""
                {"audit":"refused","who":"robot-viewer","role":"viewer","from":"127.0.0.1","method":"POST",\
                "path":"/api/v1/ippools/%s","result":"refused","status":403}""".formatted(name), """
                {"audit":"refused","who":"","role":"","from":"127.0.0.1","method":"POST",\
                "path":"/api/v1/ippools/%s","result":"refused","status":401}""".formatted(name));
    }

    @Test
    void aFormWithoutItsTokenNamesWhoSentIt() throws IOException {
        PROVIDER.knows(port);
        PROVIDER.roles.put(name, List.of("viewer"));
        var person = new Person("http://127.0.0.1:" + port, PROVIDER.issuer(), name);
        person.logIn("/");

        assertThat(person.post("/settings", "theme=dark").statusCode()).isEqualTo(403);

        assertThat(lines().map(AuditedConsoleTest::undated)).last().isEqualTo("""
                {"audit":"refused","who":"%s","role":"viewer","from":"127.0.0.1","method":"POST","path":"/settings",\
                "result":"refused","status":403}""".formatted(name));
    }

    @Test
    void aProbeNamesThePodAndTheTargets() throws IOException {
        Clients.of(port)
                .post()
                .uri("/api/v1/probes")
                .headers(headers -> headers.setBearerAuth(PROVIDER.token("operator", claims -> claims.subject(name))))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"pod\": \"lab/u1\", \"service\": \"lab/web\", \"port\": 80}")
                .exchange()
                .expectStatus()
                .isAccepted();

        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"audit\":\"probe\"",
                                "\"result\":\"done\"",
                                "\"pod\":\"lab/u1\"",
                                "\"targets\":\"10."));
    }

    @Test
    void aMuteAndItsEndNameTheFindingTheReasonAndWhen() throws IOException {
        var path = "/api/v1/findings/U22/mute";
        var body = "{\"reason\": \"known\", \"hours\": 1}";
        assertThat(asked(HttpMethod.POST, path, "viewer", body)).isEqualTo(403);
        assertThat(asked(HttpMethod.POST, path, "operator", body)).isEqualTo(200);
        assertThat(asked(HttpMethod.DELETE, path, "viewer", "")).isEqualTo(403);
        assertThat(asked(HttpMethod.DELETE, path, "operator", "")).isEqualTo(204);

        var written = lines().filter(line -> line.contains("\"audit\":\"write\""))
                .map(AuditedConsoleTest::undated)
                .map(line -> line.replaceAll("(?<=\"until\":\")20[^\"]*", "then"))
                .toList();
        assertThat(written).containsExactly("""
                {"audit":"write","who":"%s","role":"operator","from":"127.0.0.1","method":"POST","path":"%s",\
                "result":"done","status":200,"operation":"mute","finding":"U22","reason":"known","until":"then"}""".formatted(name, path), """
                {"audit":"write","who":"%s","role":"operator","from":"127.0.0.1","method":"DELETE","path":"%s",\
                "result":"done","status":204,"operation":"unmute","finding":"U22","reason":"","until":"then"}""".formatted(name, path));
        assertThat(lines().filter(line -> line.contains("\"audit\":\"refused\"")))
                .hasSize(2);
    }

    private int asked(HttpMethod method, String path, String role, String body) {
        return Clients.of(port)
                .method(method)
                .uri(path)
                .headers(headers -> headers.setBearerAuth(PROVIDER.token(role, claims -> claims.subject(name))))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private void send(String path, String token) {
        Clients.of(port)
                .post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .is4xxClientError();
    }
}
