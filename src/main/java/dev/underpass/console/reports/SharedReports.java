package dev.underpass.console.reports;

import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.store.ReportFollower;
import dev.underpass.console.store.ReportPart;
import dev.underpass.console.store.Store;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.ReportWriter;
import dev.underpass.report.UnknownBaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The newest reports, those of other replicas too: each replica takes what others took as if an agent had sent it
/// here.
@Component
class SharedReports implements ReportFollower {

    private static final Logger LOG = LoggerFactory.getLogger(SharedReports.class);

    private final NewestReports reports;
    private final CurrentAnalysis analysis;
    private final List<ReportListener> listeners;
    private final Store store;
    private final Clock clock;

    SharedReports(
            NewestReports reports, CurrentAnalysis analysis, List<ReportListener> listeners, Store store, Clock clock) {
        this.reports = reports;
        this.analysis = analysis;
        this.listeners = List.copyOf(listeners);
        this.store = store;
        this.clock = clock;
        store.follow(this);
    }

    /// Takes a report of an agent, and tells the other replicas.
    ///
    /// @param json as it came
    /// @param base the sequence of the report that it changes; absent where it is whole
    void take(NodeReport report, byte[] json, @Nullable Long base) {
        var now = clock.instant();
        synchronized (this) {
            reports.keep(report, now);
            analysis.accept(report, now);
        }
        if (store.status().shared()) {
            store.tell(new ReportPart(report.node(), report.bootId(), report.sequence(), base, now, packed(json)));
        }
    }

    @Override
    public boolean hear(ReportPart changes) {
        if (isNewest(changes.node(), changes.bootId(), changes.sequence())) {
            return true;
        }
        try {
            learn(ReportReader.read(unpacked(changes), reports::base), changes.receivedAt());
            return true;
        } catch (UnknownBaseException _) {
            return false;
        } catch (ReportFormatException e) {
            LOG.warn("A report of node {} cannot be read: {} {}", changes.node(), e.place(), e.reason());
            return false;
        }
    }

    @Override
    public void hear(List<ReportPart> parts) {
        if (parts.isEmpty()) {
            return;
        }
        var last = parts.getLast();
        if (isNewest(last.node(), last.bootId(), last.sequence())) {
            return;
        }
        NodeReport report = null;
        try {
            for (var part : parts) {
                var base = report;
                report = ReportReader.read(unpacked(part), (_, _, _) -> base);
            }
        } catch (ReportFormatException e) {
            LOG.warn("A report of node {} cannot be read: {} {}", last.node(), e.place(), e.reason());
        } catch (UnknownBaseException e) {
            LOG.warn("Of a report of node {}, the first part is not there", last.node());
        }
        if (report != null) {
            learn(report, last.receivedAt());
        }
    }

    private void learn(NodeReport report, Instant receivedAt) {
        boolean newer;
        synchronized (this) {
            newer = reports.learn(report, receivedAt);
            if (newer) {
                analysis.accept(report, receivedAt);
            }
        }
        if (newer) {
            listeners.forEach(listener -> listener.takenElsewhere(report));
        }
    }

    @Override
    public Set<String> nodes() {
        return reports.nodes();
    }

    @Override
    public boolean isNewest(String node, String bootId, long sequence) {
        return reports.newest(node)
                .filter(known ->
                        known.report().bootId().equals(bootId) && known.report().sequence() == sequence)
                .isPresent();
    }

    @Override
    public ReportPart whole(String node) {
        var newest = reports.newest(node).orElseThrow();
        var report = newest.report();
        var json = new ByteArrayOutputStream();
        ReportWriter.write(report, json);
        return new ReportPart(node, report.bootId(), report.sequence(), null, newest.at(), packed(json.toByteArray()));
    }

    private static byte[] packed(byte[] json) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(ReportPart part) throws ReportFormatException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(part.packed()))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new ReportFormatException("", "not gzip: " + e.getMessage());
        }
    }
}
