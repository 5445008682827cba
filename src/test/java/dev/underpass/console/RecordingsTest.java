package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.recordings.CountedFiles;
import dev.underpass.console.recordings.Recording;
import dev.underpass.console.recordings.RecordingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.reactive.server.WebTestClient;

/// A cluster that was in order, was recorded, broke, and was recorded again: what each page and answer is of.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingsTest {

    private static final String TRACE = "/trace?from=lab/u1&to=lab/web:80";
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private static final TestClock TIME = new TestClock(BEGIN);

    /// Only to be put in place of the console's own.
    @SuppressWarnings("UnusedVariable")
    @TestBean(methodName = "time")
    private @Nullable Clock clock;

    private static final CountedFiles FILES = CountedFiles.somewhere();

    /// Only to be put in place of the console's own.
    @SuppressWarnings("UnusedVariable")
    @TestBean(methodName = "files")
    private @Nullable RecordingFiles files;

    @Autowired
    private CurrentAnalysis analysis;

    @LocalServerPort
    private int port;

    private String sound = "";
    private String broken = "";

    static Clock time() {
        return TIME;
    }

    static RecordingFiles files() {
        return FILES;
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("healthy"));
        registry.add("underpass.recordings.directory", () -> FILES.directory());
    }

    @BeforeAll
    void record() throws Exception {
        report("healthy");
        sound = recorded();
        TIME.advance(Duration.ofMinutes(3));
        report("hijack-route-deleted");
        broken = recorded();
        TIME.advance(Duration.ofMinutes(20));
    }

    /// Has both nodes report what they did in that recording.
    private void report(String of) throws Exception {
        var bundle = BundleReader.bundle(Recordings.path(of));
        for (var report : bundle.reports().values()) {
            Reported.at(TIME.instant(), report, analysis);
        }
    }

    private String recorded() {
        // What is older than a moment is not taken for the newest.
        TIME.advance(Duration.ofSeconds(5));
        var recording = Clients.of(port)
                .post()
                .uri("/api/v1/recordings")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(Recording.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(recording).id();
    }

    private WebTestClient.ResponseSpec get(String path) {
        return Clients.of(port).get().uri(path).exchange();
    }

    private String page(String path) {
        return Clients.page(port, path);
    }

    @Test
    void theListTellsWhatCameWithEach() {
        var page = page("/recordings?to=/pods?q=ns:lab");

        assertThat(page)
                .contains(
                        "recordings, the newest first",
                        "/at/" + sound + "/pods?q=ns:lab",
                        "/at/" + broken + "/pods?q=ns:lab");
        assertThat(page.substring(page.indexOf("at-" + broken), page.indexOf("at-" + sound)))
                .contains("somebody asked", ">U22<");
        assertThat(page.substring(page.indexOf("at-" + sound))).doesNotContain(">U22<");
        assertThat(page.substring(page.lastIndexOf("<tr")))
                .as("before the oldest there is none")
                .containsPattern("<td>U\\d\\d(, U\\d\\d)*</td>")
                .doesNotContain("as before");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, /pods,                          0
            false, /trace?from=lab/u1&to=lab/web:80, 1
            false, /pods/lab/u1/routes,            1
            true,  /pods,                          1
            true,  /trace?from=lab/u1&to=lab/web:80, 1
            true,  /pods/lab/u1/routes,            1
            """)
    void theDirectoryIsListedOnceAndOnlyForAPageThatShowsRecordings(boolean then, String address, int times) {
        var path = (then ? "/at/" + broken : "") + address;
        page(path);
        FILES.times();

        page(path);

        assertThat(FILES.times()).isEqualTo(times);
    }

    @Test
    void whoCannotBeRecordedForIsToldWhere() throws IOException {
        var away = Files.move(FILES.directory(), Path.of(FILES.directory() + ".away"));
        try {
            Clients.of(port)
                    .post()
                    .uri("/api/v1/recordings")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.INSUFFICIENT_STORAGE)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("https://underpass.dev/problems/not-recorded")
                    .jsonPath("$.detail")
                    .isEqualTo("The recording cannot be written to " + FILES.directory() + ": NoSuchFileException");
            FormClient.of(port)
                    .post()
                    .uri("/recordings")
                    .header("Accept-Language", "zh-CN")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.INSUFFICIENT_STORAGE)
                    .expectBody(String.class)
                    .value(page -> assertThat(page).contains("无法将记录写入 " + FILES.directory() + "：NoSuchFileException"));
        } finally {
            Files.move(away, FILES.directory());
        }
    }

    @Test
    void aTraceIsOfItsTime() {
        assertThat(page("/at/" + sound + TRACE))
                .contains("You look at the cluster as it was at 2026-11-23T10:00:05Z.", "verdict reachable")
                .contains("href=\"/at/" + broken + TRACE.replace("&", "&amp;") + "\"")
                .contains("href=\"" + TRACE.replace("&", "&amp;") + "\"")
                .contains("fresh: read at 2026-11-23T10:00:00Z, 5 s ago")
                .doesNotContain("Probe now", "id=\"live\"");
        assertThat(page("/at/" + broken + TRACE)).contains("no route to the Service address");
        // By now no report is fresh enough, which the console notices within a second.
        await().untilAsserted(() ->
                assertThat(page(TRACE)).contains("Undetermined").doesNotContain("You look at the cluster"));
    }

    @Test
    void itWorkedThenAndDoesNotNow() {
        assertThat(page("/at/" + broken + TRACE + "&compare=@" + sound))
                .contains("lab/u1 beside lab/u1 at 2026-11-23T10:00:05Z", "They part here")
                .contains("10.233.0.0/18 via 10.6.212.101 dev veth0");
        assertThat(page("/at/" + broken + "/pods/lab/u1/routes?only=problems&with=@" + sound))
                .contains("lab/u1 beside lab/u1 at 2026-11-23T10:00:05Z", "1 line differs.");
        assertThat(page("/pods/lab/u1/routes?with=@20200101T000000Z"))
                .contains("There is no recording 20200101T000000Z, or it is deleted.");
        assertThat(page(TRACE + "&compare=lab/u2@../../etc/passwd")).contains("There is no recording ../../etc/passwd");
        assertThat(page(TRACE + "&compare=lab/nobody@" + sound))
                .contains("At 2026-11-23T10:00:05Z: There is no Pod lab/nobody.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/findings",
                "/findings/U22",
                "/findings/U22/workloads",
                "/reachability",
                "/topology",
                "/topology?view=table",
                "/pods",
                "/pods?q=verdict:unreachable",
                "/pods/lab/u1",
                "/pods/lab/u1/services",
                "/pods/lab/u1/interfaces",
                "/pods/lab/u1/events",
                "/pods/lab/u1/yaml",
                "/services",
                "/services/lab/web",
                "/nodes",
                "/nodes/node1",
                "/coordinator",
                "/networks",
                "/networks/kube-system/macvlan-conf",
                "/pools",
                "/pools/v4-10-6",
                "/reservedips",
                "/palette?q=lab",
                TRACE
            })
    void everyPageThatLooksIsThereAndOffersNothingToWrite(String address) {
        var page = page("/at/" + broken + address);

        assertThat(page)
                .contains("You look at the cluster as it was at 2026-11-23T10:03:10Z.")
                .doesNotContain("method=\"post\"", "/edit", "/new\"", "/delete", "??");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /changes,        /changes
            /settings,       /settings
            /pools/new,      /pools/new
            /views?to=/pods, /views?to=/pods
            /recordings,     /recordings
            //evil.example/, /evil.example/
            """)
    void whatIsOnlyOfNowLeadsToNow(String address, String now) {
        get("/at/" + sound + address).expectStatus().isFound().expectHeader().location(now);
    }

    @Test
    void theApiAnswersOfThenToo() {
        get("/at/" + broken + "/api/v1/trace?pod=lab/u1&service=lab/web&port=80")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Underpass-Known-At", "2026-11-23T10:03:10Z")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("U22");
        get("/at/" + sound + "/api/v1/pods/lab/u1")
                .expectBody()
                .jsonPath("$.pod.report.state")
                .isEqualTo("fresh");
        get("/at/" + sound + "/api/v1/journal").expectStatus().isNotFound();
        get("/at/20200101T000000Z/api/v1/pods")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://underpass.dev/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/at/20200101T000000Z/pods", "/at/x/pods", "/at//pods", "/at"})
    void whatWasNeverRecordedIsNotFound(String path) {
        get(path).expectStatus().isNotFound();
    }

    @Test
    void nothingIsWrittenThere() {
        FormClient.of(port)
                .post()
                .uri("/at/" + broken + "/findings/U22")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aRecordingIsABundleToTakeAway() throws Exception {
        var bytes = Objects.requireNonNull(get("/api/v1/recordings/" + broken + "/bundle")
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody());
        Path file = Files.createTempFile("recording", ".tar.gz");
        Files.write(file, bytes);

        var bundle = BundleReader.bundle(file);

        assertThat(bundle.reports()).containsKeys(new NodeName("node1"), new NodeName("node2"));
        assertThat(bundle.resources().capturedAt()).isNotNull();
        Files.delete(file);
    }
}
