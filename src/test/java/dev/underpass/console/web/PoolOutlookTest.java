package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.recordings.Recording;
import dev.underpass.diagnosis.edit.PoolCounts;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long a pool lasts by what was recorded of it.
class PoolOutlookTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

    private static Recording recording(Duration age, long allocated) {
        var use = new Recording.Use(BigInteger.valueOf(allocated), BigInteger.valueOf(100));
        return new Recording("x", NOW.minus(age), "interval", 0, 0, 0, 0, List.of(), Map.of("v4", use), Map.of());
    }

    private static PoolOutlook outlook(long allocated, long free, Recording... recordings) {
        var counts = new PoolCounts(
                BigInteger.valueOf(100),
                BigInteger.valueOf(allocated),
                BigInteger.valueOf(allocated),
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.valueOf(free));
        var newestFirst = Stream.of(recordings)
                .sorted(Comparator.comparing(Recording::at).reversed())
                .toList();
        return PoolOutlook.of("v4", counts, newestFirst, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "P7D, 40, 54, 46, fills, 23",
        "P7D, 40, 99, 1, fills, 0",
        "P1D, 40, 50, 50, fills, 5",
        "P7D, 40, 100, 0, full, 0",
        "P7D, 40, 40, 60, steady, 0",
        "P7D, 40, 30, 70, steady, 0",
        "PT23H, 40, 60, 40, short, 0"
    })
    void itIsTheFirstRecordingThatCounts(Duration age, long before, long now, long free, String why, long days) {
        var outlook = outlook(now, free, recording(age, before), recording(Duration.ofMinutes(5), now));

        assertThat(outlook.why()).isEqualTo(why);
        assertThat(outlook.since()).isEqualTo(NOW.minus(age));
        assertThat(outlook.more()).isEqualTo(now - before);
        assertThat(outlook.days()).isEqualTo(days);
    }

    @Test
    void whatIsOlderThanTwoWeeksOrLaterThanTheRecordingThatIsLookedAtDoesNotCount() {
        assertThat(outlook(54, 46, recording(Duration.ofDays(15), 1), recording(Duration.ofDays(7), 40))
                        .days())
                .isEqualTo(23);
        assertThat(outlook(54, 46, recording(Duration.ofDays(-1), 40)).why()).isEqualTo("off");
    }
}
