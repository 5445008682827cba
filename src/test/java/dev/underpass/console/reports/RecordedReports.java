package dev.underpass.console.reports;

import dev.underpass.Recordings;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Reports of real nodes, as bytes.
final class RecordedReports {

    private RecordedReports() {}

    static List<NodeReport> of(String recording) {
        return Recordings.read(recording).reports().values().stream()
                .sorted((a, b) -> a.node().compareTo(b.node()))
                .toList();
    }

    /// A start of an agent: the report as that start's with the number.
    static NodeReport numbered(NodeReport report, String bootId, long sequence) {
        return new NodeReport(
                report.node(),
                sequence,
                bootId,
                "test",
                report.collectedAt(),
                report.host(),
                report.pods(),
                report.probes());
    }

    static byte[] json(NodeReport report) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.write(report, bytes);
        return bytes.toByteArray();
    }

    static byte[] changes(NodeReport report, NodeReport base) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.changes(report, base, bytes);
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        return gzip(content, 1);
    }

    /// The content several times over; never all of it in memory.
    static byte[] gzip(byte[] content, int times) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
