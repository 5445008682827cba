package dev.underpass.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.events.EventViews.AnalysisEvent;
import dev.underpass.console.events.EventViews.FindingEvent;
import dev.underpass.console.mutes.Mutes;
import dev.underpass.console.store.Store;
import dev.underpass.report.HostReport;
import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

@Timeout(60)
class HappeningsTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final CurrentAnalysis analysis;
    private final Happenings happenings;
    private final TestClock clock = new TestClock(START);
    private final Mutes mutes = new Mutes(clock, Store.ALONE);

    HappeningsTest() throws BundleException {
        analysis = new CurrentAnalysis("bundle:" + Recordings.path("hijack-route-deleted"), "lab", clock);
        happenings = new Happenings(analysis, Store.ALONE, mutes, clock, time);
    }

    @AfterEach
    void stop() {
        happenings.destroy();
        analysis.destroy();
    }

    private void beat() {
        time.advanceTimeBy(Happenings.BEAT);
    }

    private static NodeReport report(String node, long sequence) {
        return new NodeReport(node, sequence, "b", "1", START, HostReport.NOT_OBSERVED, List.of(), List.of());
    }

    @Test
    void tellsTheSumsOfTheFirstAnalysisToWhoListens() {
        StepVerifier.create(happenings.after(null))
                .then(this::beat)
                .assertNext(event -> {
                    assertThat(event.type()).isEqualTo("analysis");
                    assertThat(((AnalysisEvent) event.data()).pods()).isEqualTo(8);
                })
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void tellsWhichFindingsCameAndWentWhenAReportChangesThem() {
        // A beat is left out while an analysis is compared, so one is not enough.
        var beats = Flux.interval(Duration.ofMillis(10)).subscribe(_ -> beat());
        StepVerifier.create(happenings.after(null).filter(event -> !event.type().equals("report")))
                .assertNext(event -> assertThat(event.type()).isEqualTo("analysis"))
                .then(() -> analysis.accept(report("node1", 9_000_000), Instant.now()))
                .assertNext(event ->
                        assertThat(((FindingEvent) event.data()).change()).isIn("new", "resolved", "changed"))
                .thenCancel()
                .verify(PATIENCE);
        beats.dispose();
    }

    @Test
    void tellsOnlyTheNewestReportOfANodeAtABeat() {
        StepVerifier.create(happenings.after(null).filter(event -> event.type().equals("report")))
                .then(() -> IntStream.rangeClosed(1, 50)
                        .forEach(i -> happenings.taken(report("node1", i)).block()))
                .then(this::beat)
                .assertNext(
                        event -> assertThat(event.data()).isEqualTo(new EventViews.ReportEvent("node1", START, 50, 0)))
                .then(this::beat)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aClientThatTakesNothingHoldsNothingBackAndReadsAnewAfterwards() {
        // The first beat ends when the cluster is analysed, which may take longer than all others.
        var told = happenings
                .after(happenings.newestId())
                .filter(event -> !event.type().equals("analysis"));
        StepVerifier.create(told, 0)
                .thenAwait()
                .then(() -> IntStream.range(0, 40).forEach(round -> {
                    IntStream.range(0, 100)
                            .forEach(i -> happenings.tell("report", "node" + round + "-" + i, Map.of("i", i)));
                    beat();
                }))
                .thenRequest(1)
                .assertNext(event -> assertThat(event.type()).isEqualTo("reset"))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aFloodBetweenTwoBeatsIsOneResetAndWhatWasToldBeforeCanBeResumedFrom() {
        var before = happenings.newestId();
        happenings.tell("report", "first", Map.of());
        beat();
        IntStream.range(0, 3_000).forEach(i -> happenings.tell("report", "node" + i, Map.of("i", i)));
        beat();
        happenings.tell("report", "last", Map.of());
        beat();

        StepVerifier.create(happenings.after(before).map(Event::type).take(3))
                .expectNext("report", "reset", "report")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void tellsOfAMuteAndOfItsEnd() {
        var cluster = Objects.requireNonNull(analysis.current().block());
        var wish = new Mutes.Wish(cluster.findings().getFirst().code(), "known", 1);
        var beats = Flux.interval(Duration.ofMillis(10)).subscribe(_ -> beat());
        StepVerifier.create(happenings.after(null).map(Event::type))
                .expectNext("analysis")
                .then(() -> mutes.mute(cluster, wish, "li"))
                .expectNext("analysis")
                .then(() -> clock.advance(Duration.ofHours(1)))
                .expectNext("analysis")
                .thenCancel()
                .verify(PATIENCE);
        beats.dispose();
    }

    @Test
    void endsEveryStreamWhenTheConsoleStops() {
        StepVerifier.create(happenings.after(null))
                .then(happenings::close)
                .assertNext(event -> assertThat(event.type()).isEqualTo("shutdown"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(happenings.clients()).isZero();
    }
}
