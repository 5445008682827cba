package dev.underpass.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.analysis.Freshness;
import dev.underpass.report.HostReport;
import dev.underpass.report.NodeReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/// A cluster whose analysis takes longer than anybody waits: what was known before is shown, and said to be so.
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "underpass.analysis.patience=0s"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BehindTest {

    private static final TestClock TIME = new TestClock(Instant.parse("2026-11-23T08:00:00Z"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Only to be put in place of the console's own.
    @SuppressWarnings("UnusedVariable")
    @TestBean(methodName = "time")
    private @Nullable Clock clock;

    @Autowired
    private CurrentAnalysis analysis;

    @LocalServerPort
    private int port;

    private long sequence = 9_000_000;

    static Clock time() {
        return TIME;
    }

    @DynamicPropertySource
    static void source(DynamicPropertyRegistry registry) {
        registry.add("underpass.source", () -> "bundle:" + Recordings.path("hijack-route-deleted"));
    }

    private ClusterView current() {
        return Objects.requireNonNull(analysis.current().block(PATIENCE));
    }

    /// Has another snapshot published, a while after the others.
    private void change() {
        TIME.advance(Duration.ofSeconds(5));
        long number = sequence++;
        analysis.accept(
                new NodeReport(
                        "node1", number, "b", "1", TIME.instant(), HostReport.NOT_OBSERVED, List.of(), List.of()),
                TIME.instant());
        analysis.snapshots()
                .filter(each -> each.reports().values().stream().anyMatch(one -> one.sequence() == number))
                .blockFirst(PATIENCE);
    }

    private EntityExchangeResult<String> get(String path) {
        return Clients.of(port)
                .get()
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    private static String body(EntityExchangeResult<String> answer) {
        return Objects.requireNonNull(answer.getResponseBody());
    }

    private static Optional<String> knownAt(EntityExchangeResult<String> answer) {
        return Optional.ofNullable(answer.getResponseHeaders().getFirst("Underpass-Known-At"));
    }

    @Test
    void tellsWhatWasKnownAndWhenUntilTheNewestIsReady() {
        current();
        EntityExchangeResult<String> page;
        do {
            change();
            page = get("/");
        } while (!body(page).contains("What changed since then is being worked out"));
        var told = Instant.parse(knownAt(page).orElseThrow());
        assertThat(told).isBefore(TIME.instant());

        while (current().superseded()) {
            Thread.onSpinWait();
        }
        var newest = get("/");
        assertThat(body(newest)).doesNotContain("What changed since then is being worked out");
        assertThat(knownAt(newest)).contains(current().knownAt().toString());
        assertThat(knownAt(get("/api/v1/overview")))
                .contains(current().knownAt().toString());
    }

    @Test
    void theAgeOfAReportIsThatOfTheNewestOne() {
        var earlier = current();
        change();
        var freshness = earlier.freshness(new NodeName("node1"));

        assertThat(earlier.superseded()).isTrue();
        assertThat(freshness.state()).isEqualTo(Freshness.State.FRESH);
        assertThat(freshness.sequence()).isEqualTo(sequence - 1);
    }

    @Test
    void anAnswerThatLacksEvidenceDoesNotSayThatAllWasReported() {
        change();
        while (current().superseded()) {
            Thread.onSpinWait();
        }

        assertThat(body(get("/trace?from=lab/u20&to=lab/web-n1:80")))
                .contains("Undetermined", "none: part of the evidence is missing")
                .doesNotContain("all evidence was reported");
    }

    @Test
    void whatRestsOnNoAnalysisSaysNothingOfIt() {
        assertThat(knownAt(get("/assets/none.css"))).isEmpty();
    }
}
