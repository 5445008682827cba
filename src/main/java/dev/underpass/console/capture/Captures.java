package dev.underpass.console.capture;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.RefusedException;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleContents;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.console.bundle.BundleWriter;
import dev.underpass.console.watch.ClusterReader;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Makes bundles of what the console shows, one at a time: all of a cluster is in memory meanwhile.
@Component
public class Captures {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String BUNDLE = "bundle:";
    private static final String RETRY_SECONDS = "5";

    private final CurrentAnalysis analysis;
    private final ClusterReader reader;
    private final String source;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    Captures(
            CurrentAnalysis analysis,
            ClusterReader reader,
            @Value("${underpass.source:kubernetes}") String source,
            Clock clock) {
        this.analysis = analysis;
        this.reader = reader;
        this.source = source;
        this.clock = clock;
    }

    /// @throws RefusedException in the result, if another one is being made, or the API cannot be read
    Mono<BundleArchive> archive(boolean redacted) {
        return analysis.current().flatMap(cluster -> archive(cluster, newest(cluster), redacted));
    }

    /// The same with the reports that an analysis rests on, and no newer ones.
    public Mono<BundleArchive> archive(ClusterView cluster) {
        return archive(cluster, cluster.reports(), false);
    }

    private Mono<BundleArchive> archive(ClusterView cluster, Map<NodeName, NodeReport> reports, boolean redacted) {
        return Mono.fromCallable(() -> {
                    if (!turn.tryAcquire()) {
                        throw new RefusedException(
                                        HttpStatus.SERVICE_UNAVAILABLE, "busy", "another bundle is being made")
                                .with(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
                    }
                    // Over before anybody has it: whoever asks again at once is not told that another is being made.
                    try {
                        return made(cluster, reports, redacted);
                    } finally {
                        turn.release();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private BundleArchive made(ClusterView cluster, Map<NodeName, NodeReport> reports, boolean redacted) {
        var now = clock.instant();
        try {
            var contents = contents(cluster, reports, now);
            var files = redacted ? Redacted.files(contents) : BundleWriter.files(contents);
            var name = "underpass-%s-%s"
                    .formatted(
                            redacted ? "redacted" : contents.head().cluster().replaceAll("[^A-Za-z0-9.-]", "_"),
                            STAMP.format(now));
            return BundleArchive.of(name, files, now);
        } catch (IOException e) {
            throw new RefusedException(
                    HttpStatus.BAD_GATEWAY, "api-unreachable", "the Kubernetes API cannot be read: " + e.getMessage());
        } catch (ReportFormatException | BundleException e) {
            throw new RefusedException(
                    HttpStatus.INTERNAL_SERVER_ERROR, "no-bundle", "no bundle is made: " + e.getMessage());
        }
    }

    private BundleContents contents(ClusterView cluster, Map<NodeName, NodeReport> reports, Instant now)
            throws IOException, ReportFormatException, BundleException {
        if (!source.startsWith(BUNDLE)) {
            var known = cluster.analysis().snapshot();
            return LiveBundle.of(known.name(), reader.read(), reports, known.rangesSince(), now);
        }
        var recorded = BundleReader.contents(Path.of(source.substring(BUNDLE.length())));
        return new BundleContents(
                recorded.head(),
                recorded.resources(),
                LiveBundle.placed(recorded.resources(), reports),
                recorded.fabric());
    }

    private static Map<NodeName, NodeReport> newest(ClusterView cluster) {
        var reports = new HashMap<NodeName, NodeReport>();
        for (var node : cluster.analysis().snapshot().reports().keySet()) {
            cluster.report(node).ifPresent(report -> reports.put(node, report));
        }
        return reports;
    }
}
