package dev.underpass.console.mutes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.FormClient;
import dev.underpass.console.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

/// Mutes as people and programs meet them.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@Import(MutesPagesTest.Time.class)
class MutesPagesTest {

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-29T08:00:00Z"));
    private static final String CODE = "U22";
    private static final String API = "/api/v1/findings/" + CODE + "/mute";

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        TestClock testClock() {
            return CLOCK;
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Mutes mutes;

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    @AfterEach
    void unmuted() {
        mutes.lasting().forEach(mark -> mutes.unmute(mark.code(), ""));
    }

    private ResponseSpec post(String path, String reason, String hours) {
        return FormClient.of(port)
                .post()
                .uri(path)
                .body(BodyInserters.fromFormData("reason", reason).with("hours", hours))
                .exchange();
    }

    private ResponseSpec api(HttpMethod method, String body) {
        return Clients.of(port)
                .method(method)
                .uri(API)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    @Test
    void aMutedFindingIsCountedApartAndStaysInTheList() {
        int all = found("");
        post("/findings/" + CODE + "/mute", "known, ticket 7", "24")
                .expectStatus()
                .isSeeOther();

        assertThat(Clients.page(port, "/findings/" + CODE))
                .contains(
                        "Muted until " + CLOCK.instant().plus(Duration.ofHours(24)),
                        "known, ticket 7",
                        "/findings/" + CODE + "/unmute");
        assertThat(Clients.page(port, "/findings"))
                .contains("Findings (" + (all - 1) + ", 1 muted)", "known, ticket 7", "/findings?q=muted:yes");
        assertThat(found("muted:yes")).isEqualTo(1);
        assertThat(found("muted:no")).isEqualTo(all - 1);
        assertThat(Clients.page(port, "/"))
                .contains("1 muted</a>")
                .doesNotContain("id=\"finding-" + CODE + "-", "Nothing is wrong");
        assertThat(Clients.page(port, "/changes")).contains("Mute <strong>" + CODE, "known, ticket 7");
    }

    private int found(String q) {
        return Clients.page(port, "/findings?q=" + q).split("id=\"finding-", -1).length - 1;
    }

    @Test
    void theMuteEndsByItselfOrByHand() {
        post("/findings/" + CODE + "/mute", "until tomorrow", "1")
                .expectStatus()
                .isSeeOther();
        CLOCK.advance(Duration.ofHours(1));
        assertThat(Clients.page(port, "/findings")).doesNotContain("until tomorrow", "muted</a>");
        assertThat(Clients.page(port, "/changes?q=what:removed")).contains("Mute <strong>" + CODE);

        post("/findings/" + CODE + "/mute", "once more", "1").expectStatus().isSeeOther();
        post("/findings/" + CODE + "/unmute", "", "").expectStatus().isSeeOther();
        assertThat(Clients.page(port, "/findings")).doesNotContain("once more");
    }

    @Test
    void hostileReasonsAreText() {
        post("/findings/" + CODE + "/mute", "<script>alert(1)</script>", "1")
                .expectStatus()
                .isSeeOther();

        for (var page : new String[] {"/findings", "/findings/" + CODE, "/changes"}) {
            assertThat(Clients.page(port, page))
                    .contains("&lt;script&gt;alert(1)")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedIsKept() {
        assertThat(body(post("/findings/" + CODE + "/mute", "a\u202eb", "8")))
                .contains("id=\"reason-said\"", "nobody sees", "<option value=\"8\" selected");
        assertThat(body(post("/findings/" + CODE + "/mute", "why", "2161")))
                .contains("id=\"hours-said\"", "value=\"why\"")
                .doesNotContain("??");
        assertThat(mutes.lasting()).isEmpty();
    }

    private static String body(ResponseSpec answer) {
        return String.valueOf(answer.expectStatus()
                .isEqualTo(422)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void programsMuteAndUnmute() {
        api(HttpMethod.POST, "{\"reason\": \"by a program\", \"hours\": 48}")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{reason: 'by a program', by: '', until: '%s'}"
                        .formatted(CLOCK.instant().plus(Duration.ofHours(48))));
        Clients.of(port)
                .get()
                .uri("/api/v1/findings?code=" + CODE)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].muted.reason")
                .isEqualTo("by a program");

        Clients.of(port).delete().uri(API).exchange().expectStatus().isNoContent();
        Clients.of(port).delete().uri(API).exchange().expectStatus().isNotFound();
        Clients.of(port)
                .get()
                .uri("/api/v1/findings?code=" + CODE)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].muted")
                .doesNotExist();
    }

    @Test
    void programsAreToldWhichFieldIsWrong() {
        for (var wrong : Map.of("{\"hours\": 1}", "reason", "{\"reason\": \"x\"}", "hours")
                .entrySet()) {
            api(HttpMethod.POST, wrong.getKey())
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(wrong.getValue());
        }
        api(HttpMethod.POST, "[").expectStatus().isBadRequest();
    }

    @Test
    void theDescriptionOfTheApiHasIt() {
        Clients.of(port)
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectBody()
                .jsonPath("$.paths['/api/v1/findings/{code}/mute'].post.requestBody")
                .exists()
                .jsonPath("$.paths['/api/v1/findings/{code}/mute'].delete")
                .exists();
    }

    @Test
    void nothingElseOfTheOverviewChangesButTheNumberOfMutedOnes() {
        var before = Clients.page(port, "/api/v1/overview");
        assertThat(before).contains("\"mutedFindings\":0");
        post("/findings/" + CODE + "/mute", "known", "24").expectStatus().isSeeOther();

        assertThat(Clients.page(port, "/api/v1/overview"))
                .isEqualTo(before.replace("\"mutedFindings\":0", "\"mutedFindings\":1"));
    }
}
