package dev.underpass.console.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.store.Store;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/// The queue between agents and the analysis.
class IntakeTest {

    private static final int SENT = 60;

    /// Two are read at a time and sixteen wait.
    private static final int TAKEN = 18;

    private final NewestReports reports = new NewestReports();
    private final Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();

    @Test
    void whatDoesNotFitIntoTheQueueMayComeAgainLater() throws BundleException, IOException {
        var analysis =
                new CurrentAnalysis("bundle:" + Recordings.path("hijack-route-deleted"), "lab", Clock.systemUTC());
        var intake = new Intake(
                reports, new SharedReports(reports, analysis, List.of(), Store.ALONE, Clock.systemUTC()), List.of());
        try {
            // Whoever keeps a report waits for this lock.
            synchronized (reports) {
                for (int i = 0; i < SENT; i++) {
                    send(intake, i);
                }
                assertThat(refused).hasSizeGreaterThanOrEqualTo(SENT - TAKEN);
            }
            await().until(() -> taken.size() + refused.size() == SENT);
        } finally {
            intake.destroy();
            analysis.destroy();
        }

        assertThat(taken).hasSizeGreaterThanOrEqualTo(TAKEN - 2);
        assertThat(refused)
                .allSatisfy(error -> assertThat(error).isInstanceOfSatisfying(RefusedException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                    assertThat(refusal.header()).containsExactly(HttpHeaders.RETRY_AFTER, "2");
                }));
    }

    private void send(Intake intake, int number) throws IOException {
        var report = RecordedReports.of("healthy").getFirst();
        var bytes = new ByteArrayOutputStream();
        var start = new dev.underpass.report.NodeReport(
                report.node(),
                1,
                "start-" + number,
                report.agentVersion(),
                report.collectedAt(),
                report.host(),
                report.pods(),
                report.probes());
        ReportWriter.changes(start, null, bytes);
        intake.take(new NodeName(report.node()), new Unpacking.Body(bytes.toByteArray(), false))
                .subscribe(each -> taken.add(each.bootId()), refused::add);
    }
}
