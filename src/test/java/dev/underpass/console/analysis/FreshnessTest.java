package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.report.HostReport;
import dev.underpass.report.NodeReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private static final Instant READ = Instant.parse("2026-11-23T08:00:00Z");
    private static final NodeReport REPORT =
            new NodeReport("node1", 7, "b", "1", READ, HostReport.NOT_OBSERVED, List.of(), List.of());

    @ParameterizedTest(name = "after {0} s: {1}")
    @CsvSource(textBlock = """
            -5,  FRESH,   0
            0,   FRESH,   0
            90,  FRESH,   90
            91,  STALE,   91
            600, STALE,   600
            601, EXPIRED, 601
            """)
    void aReportAgesByTheConsolesClock(long seconds, Freshness.State state, long age) {
        var received = READ.plusSeconds(3600);

        var freshness = Freshness.of(REPORT, received, received.plusSeconds(seconds));

        assertThat(freshness.state()).isEqualTo(state);
        assertThat(freshness.ageSeconds()).isEqualTo(age);
    }

    @Test
    void aReportThatOnlyABundleHoldsIsRecorded() {
        var freshness = Freshness.of(REPORT, null, READ.plusSeconds(1_000_000));

        assertThat(freshness.state()).isEqualTo(Freshness.State.RECORDED);
    }
}
