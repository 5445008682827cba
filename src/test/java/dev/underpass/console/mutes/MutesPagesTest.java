package dev.underpass.console.mutes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.Clients;
import dev.underpass.console.ConsoleApplication;
import dev.underpass.console.FormClient;
import dev.underpass.console.TestClock;
import dev.underpass.console.store.Told;
import dev.underpass.diagnosis.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.springframework.http.HttpStatus;
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
        post("/findings/" + CODE, "known, ticket 7", "24").expectStatus().isSeeOther();

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

    /// The mute was made when the finding hit next to nothing.
    @Test
    void whatIsMoreThanWasMutedIsCountedAndSaysWhy() {
        var small = new Extent(Kind.FAULT, List.of(), 0, 0);
        var at = CLOCK.instant();
        var mark =
                new Mark(UUID.randomUUID().toString(), CODE, 1_000, at, "li", "one Pod", at.plusSeconds(3600), small);
        int all = found("");
        mutes.hear(Told.of(mark.id(), mark));

        assertThat(Clients.page(port, "/findings/" + CODE))
                .contains("but heard of: it is at other places as well: namespace/", "one Pod", "Mute anew");
        assertThat(Clients.page(port, "/findings"))
                .contains("Findings (" + all + ")")
                .doesNotContain("muted</a>");
        assertThat(found("muted:no")).isEqualTo(all);
        assertThat(Clients.page(port, "/api/v1/findings?code=" + CODE)).doesNotContain("one Pod");
        assertThat(Clients.page(port, "/api/v1/overview")).contains("\"mutedFindings\":0");
    }

    /// As after it was mended: its mute lasts, and can be ended.
    @Test
    void theMuteOfWhatIsNotFoundNowCanBeSeenAndEnded() {
        var at = CLOCK.instant();
        var extent = new Extent(Kind.FAULT, List.of("node/node1"), 1, 1);
        var mark = new Mark(UUID.randomUUID().toString(), "U01", 1, at, "li", "mended", at.plusSeconds(3600), extent);
        mutes.hear(Told.of(mark.id(), mark));

        assertThat(Clients.page(port, "/findings/U01")).contains("mended", "/findings/U01/unmute");
        assertThat(Clients.page(port, "/findings")).doesNotContain("muted</a>");
        post("/findings/U01/unmute", "", "").expectStatus().isSeeOther();
        assertThat(Clients.page(port, "/findings/U01")).doesNotContain("mended", "/unmute");
        post("/findings/U01/unmute", "", "").expectStatus().isNotFound();
    }

    @Test
    void onlyWhatIsFoundIsMuted() {
        post("/findings/U01", "why", "1").expectStatus().isNotFound();
        post("/findings/U99", "why", "1").expectStatus().isNotFound();
        assertThat(mutes.lasting()).isEmpty();
    }

    @Test
    void theMuteEndsByItselfOrByHand() {
        post("/findings/" + CODE, "until tomorrow", "1").expectStatus().isSeeOther();
        CLOCK.advance(Duration.ofHours(1));
        assertThat(Clients.page(port, "/findings")).doesNotContain("until tomorrow", "muted</a>");
        assertThat(Clients.page(port, "/changes?q=what:removed")).contains("Mute <strong>" + CODE);

        post("/findings/" + CODE, "once more", "1").expectStatus().isSeeOther();
        post("/findings/" + CODE + "/unmute", "", "").expectStatus().isSeeOther();
        assertThat(Clients.page(port, "/findings")).doesNotContain("once more");
    }

    @Test
    void hostileReasonsAreText() {
        post("/findings/" + CODE, "<script>alert(1)</script>", "1")
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
        assertThat(body(post("/findings/" + CODE, "a\u202eb", "8")))
                .contains("id=\"reason-said\"", "nobody sees", "<option value=\"8\" selected");
        assertThat(body(post("/findings/" + CODE, "why", "2161")))
                .contains("id=\"hours-said\"", "value=\"why\"")
                .doesNotContain("??");
        assertThat(body(post("/findings/" + CODE, "why", "tomorrow"))).contains("id=\"hours-said\"");
        assertThat(body(post("/findings/" + CODE, "x".repeat(200_000), "1"))).contains("longer than 500 characters");
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
                        .formatted(CLOCK.instant().plus(Duration.ofDays(2))));
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
        api(HttpMethod.POST, "{\"reason\": \"x\", \"hours\": 1.5}")
                .expectStatus()
                .isBadRequest();
        api(HttpMethod.POST, "{\"reason\": \"%s\", \"hours\": 1}".formatted("x".repeat(7 << 20)))
                .expectStatus()
                .isEqualTo(HttpStatus.CONTENT_TOO_LARGE)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Content Too Large");
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
        post("/findings/" + CODE, "known", "24").expectStatus().isSeeOther();

        assertThat(Clients.page(port, "/api/v1/overview"))
                .isEqualTo(before.replace("\"mutedFindings\":0", "\"mutedFindings\":1"));
    }
}
