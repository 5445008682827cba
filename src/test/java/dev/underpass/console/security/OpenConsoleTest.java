package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.FormClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Mono;

/// The console without a login: open to this machine, closed to pages from elsewhere.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.security.hosts=console.example, Other.Example"})
class OpenConsoleTest {

    /// What the API reads, and then finds wanting: 400 says that it was let in.
    private static final String QUESTION = "{}";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            127.0.0.1,          200
            127.9.9.9:8080,     200
            localhost,          200
            LOCALHOST:8080,     200
            [::1]:8080,         200
            console.example,    200
            other.example:443,  200
            evil.example,       421
            evil.example:8080,  421
            localhost.evil.example, 421
            127.0.0.1.evil.example, 421
            192.0.2.1,          421
            [2001:db8::1]:8080, 421
            """)
    void answersOnlyUnderNamesThatAreOurs(String host, int status) {
        for (var path : new String[] {"/", "/api/v1/overview", "/assets/nothing.js"}) {
            int answered = Clients.of(port)
                    .get()
                    .uri(path)
                    .header("Host", host)
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
            assertThat(answered)
                    .as("%s of %s", path, host)
                    .isEqualTo(path.endsWith(".js") && status == 200 ? 404 : status);
        }
    }

    @Test
    void aRefusedNameIsToldWhichNamesAreServedAndNothingElse() {
        var body = Clients.of(port)
                .get()
                .uri("/")
                .header("Host", "evil.example")
                .exchange()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
                .expectHeader()
                .exists("Content-Security-Policy")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body)
                .contains("does not answer to the name 'evil.example'")
                .contains("underpass.security.hosts")
                .doesNotContain("lab");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            -,           -,                    400
            same-origin, -,                    400
            none,        -,                    400
            -,           own,                  400
            cross-site,  -,                    403
            same-site,   -,                    403
            cross-site,  own,                  403
            -,           http://evil.example,  403
            -,           null,                 403
            -,           https://127.0.0.1,    403
            """)
    void onlyOurOwnPagesChangeAnything(@Nullable String site, @Nullable String origin, int status) {
        Clients.of(port)
                .method(HttpMethod.POST)
                .uri("/api/v1/what-if")
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    if (site != null) {
                        headers.set("Sec-Fetch-Site", site);
                    }
                    if (origin != null) {
                        headers.set("Origin", origin.equals("own") ? "http://127.0.0.1:" + port : origin);
                    }
                })
                .bodyValue(QUESTION)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void aFormNeedsTheTokenOfAPage() {
        var form = BodyInserters.fromFormData("from", "lab/u1").with("to", "lab/web");

        Clients.of(port)
                .post()
                .uri("/trace/keep")
                .body(form)
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("token is missing or old"));
        FormClient.of(port)
                .post()
                .uri("/trace/keep")
                .body(form)
                .exchange()
                .expectStatus()
                .isSeeOther();
    }

    /// No token is needed for JSON; a body that calls itself a form is none, and is refused before it is read.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            application/json,                  400
            text/plain, 415
            application/x-www-form-urlencoded, 415
            multipart/form-data,                        415
            nonsense,                        415
            """)
    void theApiTakesJsonWithoutAToken(String type, int status) {
        Clients.of(port)
                .post()
                .uri("/api/v1/what-if")
                .header("Content-Type", type)
                .body(BodyInserters.fromDataBuffers(Mono.just(
                        DefaultDataBufferFactory.sharedInstance.wrap(QUESTION.getBytes(StandardCharsets.UTF_8)))))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void formsOfPagesCarryTheToken() {
        var page = Clients.of(port)
                .get()
                .uri("/trace?from=lab/u1&to=lab/web")
                .exchange()
                .expectCookie()
                .httpOnly("underpass-form", true)
                .expectCookie()
                .sameSite("underpass-form", "Strict")
                .expectBody(String.class)
                .returnResult();
        var html = Objects.requireNonNull(page.getResponseBody());

        assertThat(Pattern.compile(
                                "<form[^>]*action=\"/trace/keep\"[^>]*><input type=\"hidden\" name=\"_csrf\" value=\"[^\"]{20,}\"")
                        .matcher(html)
                        .find())
                .isTrue();
        assertThat(html).containsPattern("<meta name=\"csrf\" content=\"[^\"]{20,}\"");
    }

    @Test
    void addressesThatProxiesReadDifferentlyAreRefusedWithAReason() {
        Clients.of(port)
                .get()
                .uri(URI.create("http://127.0.0.1:" + port + "/pods;x=1/lab/u1"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("such as ';'"));
    }
}
