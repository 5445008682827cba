package dev.underpass.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportWriterTest {

    static Stream<String> recordings() {
        return Recordings.names().stream();
    }

    private static List<NodeReport> reports(String recording) {
        return List.copyOf(Recordings.read(recording).reports().values());
    }

    private static byte[] changes(NodeReport report, NodeReport base) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.changes(report, base, bytes);
        return bytes.toByteArray();
    }

    private static byte[] whole(NodeReport report) {
        var bytes = new ByteArrayOutputStream();
        ReportWriter.write(report, bytes);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsBackWhatItWrote(String recording) throws ReportFormatException {
        for (var report : reports(recording)) {
            assertThat(ReportReader.read(whole(report))).isEqualTo(report);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void changesToAnyOtherReportGiveTheWhole(String recording) throws Exception {
        var base = reports("healthy").getFirst();
        for (var report : reports(recording)) {
            var read = ReportReader.read(changes(report, base), (_, _, sequence) -> {
                assertThat(sequence).isEqualTo(base.sequence());
                return base;
            });

            assertThat(sorted(read)).isEqualTo(sorted(report));
        }
    }

    private static NodeReport sorted(NodeReport report) {
        var pods = new ArrayList<>(report.pods());
        pods.sort((a, b) -> a.key().compareTo(b.key()));
        return with(report, pods, report.probes());
    }

    private static NodeReport with(NodeReport report, List<PodReport> pods, List<ProbeResult> probes) {
        return new NodeReport(
                report.node(),
                report.sequence(),
                report.bootId(),
                report.agentVersion(),
                report.collectedAt(),
                report.host(),
                pods,
                probes);
    }

    @Test
    void mentionsOnlyWhatChanged() {
        var base = reports("healthy").getFirst();

        assertThat(new String(changes(base, base), StandardCharsets.UTF_8))
                .doesNotContain("links", "routes", "iptables", "uid")
                .contains("\"changesSince\":1", "\"podsGone\":[]");
    }

    @Test
    void tellsANullSectionFromAnUnchangedOne() throws Exception {
        var base = reports("healthy").getFirst();
        var pod = base.pods().getFirst();
        var unread = new PodReport(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.netns(),
                "permission denied",
                new NamespaceReport(
                        NetworkState.NOT_OBSERVED,
                        pod.network().netnsIds(),
                        pod.network().filters(),
                        null,
                        null,
                        null));
        var report = with(base, List.of(unread), List.of());

        var read = ReportReader.read(changes(report, base), (_, _, _) -> base);

        assertThat(read).isEqualTo(report);
    }

    @Test
    void aPodInANewNamespaceStartsFromNothing() throws Exception {
        var base = reports("healthy").getFirst();
        var pod = base.pods().getFirst();
        var restarted =
                new PodReport(pod.namespace(), pod.name(), pod.uid(), "4026539999", null, NamespaceReport.NOT_OBSERVED);
        var report = with(base, List.of(restarted), List.of());

        assertThat(ReportReader.read(changes(report, base), (_, _, _) -> base)).isEqualTo(report);
    }

    @Test
    void carriesProbes() throws ReportFormatException {
        var probe = new ProbeResult(
                "lab",
                "u1",
                IpAddress.parse("2001:db8::1"),
                80,
                Protocol.TCP,
                "lab/web",
                ProbeResult.Outcome.TIMEOUT,
                1_500_000,
                2,
                "no answer to the SYN",
                Instant.parse("2026-11-24T10:00:00Z"),
                "p-1");
        var report = with(reports("healthy").getFirst(), List.of(), List.of(probe));

        assertThat(ReportReader.read(whole(report)).probes()).containsExactly(probe);
    }

    @Test
    void refusesChangesToAReportThatIsNotKnown() {
        var base = reports("healthy").getFirst();

        assertThatThrownBy(() -> ReportReader.read(changes(base, base), (_, _, _) -> null))
                .isInstanceOf(UnknownBaseException.class)
                .hasMessageContaining("report 1");
        assertThatThrownBy(() -> ReportReader.read(changes(base, base))).hasMessageContaining("changesSince");
    }
}
