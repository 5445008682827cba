package dev.underpass.console.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.console.bundle.ReportCheck;
import dev.underpass.report.ReportFormatException;
import dev.underpass.report.ReportReader;
import dev.underpass.report.UnknownBaseException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostileReportsTest {

    private static final int MUTATIONS = 10_000;
    private static final long SEED = 20_261_123;

    @Test
    void aDamagedReportIsReadOrRefusedAndNothingElse() throws UnknownBaseException {
        var originals = RecordedReports.of("hijack-route-deleted").stream()
                .map(report -> report.withPods(report.pods().stream().limit(1).toList()))
                .map(RecordedReports::json)
                .toList();
        var mutations = new Mutations(SEED);
        int refused = 0;

        for (int i = 0; i < MUTATIONS; i++) {
            var damaged = mutations.of(originals.get(i % originals.size()));
            refused += refused(damaged, i) ? 1 : 0;
        }

        assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS - 1);
    }

    private static boolean refused(byte[] json, int number) throws UnknownBaseException {
        try {
            ReportCheck.check(ReportReader.read(json, (_, _, _) -> null));
            return false;
        } catch (ReportFormatException | UnknownBaseException _) {
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("mutation " + number, e);
        }
    }

    @Test
    void refusesWhatIsTooDeepOrTooManyThings() {
        assertRefused("[".repeat(65) + "]".repeat(65), "epth");
        assertRefused("[" + "{},".repeat(1_000_000) + "{}]", "oken");
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertRefused("{\"apiVersion\":\"underpass.dev/v1\",\"sequence\":NaN}", "NaN");
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> ReportReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageContaining(reason);
    }
}
