package dev.underpass.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// Which recordings stay.
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

    @TempDir
    private Path directory;

    private List<Recording> kept(long bytesOfEach, DataSize most, Stream<Duration> ages) {
        var newestFirst = ages.map(age -> Written.at(NOW.minus(age)))
                .sorted(Comparator.comparing(Recording::at).reversed())
                .toList();
        var settings =
                new RecordingSettings(directory, Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofDays(14), most);
        var surplus = new Retention(settings).surplus(newestFirst, _ -> bytesOfEach, NOW);
        return newestFirst.stream().filter(each -> !surplus.contains(each)).toList();
    }

    @Test
    void ofTheLastDayAllStayAndThenTheFirstOfEachHourForTwoWeeks() {
        var every20Minutes = IntStream.range(0, 3 * 24 * 16).mapToObj(i -> Duration.ofMinutes(20L * i));

        var kept = kept(1, DataSize.ofGigabytes(1), every20Minutes);

        var ages = kept.stream().map(each -> Duration.between(each.at(), NOW)).toList();
        assertThat(ages.stream().filter(age -> age.compareTo(Duration.ofDays(1)) <= 0))
                .hasSize(3 * 24 + 1);
        assertThat(ages.stream().filter(age -> age.compareTo(Duration.ofDays(1)) > 0))
                .as("one an hour of the other thirteen days; their minute is 10")
                .hasSizeBetween(13 * 24 - 1, 13 * 24 + 1)
                .allMatch(age -> age.toMinutesPart() == 20);
        assertThat(ages.getLast()).isLessThanOrEqualTo(Duration.ofDays(14));
    }

    @Test
    void theOldestGoWhereAllTakeTooMuchRoomAndTheNewestNever() {
        var ages = IntStream.range(0, 5).mapToObj(Duration::ofHours).toList();

        assertThat(kept(400, DataSize.ofBytes(1_000), ages.stream()))
                .extracting(Recording::at)
                .containsExactly(NOW, NOW.minus(Duration.ofHours(1)));
        assertThat(kept(4_000, DataSize.ofBytes(1_000), ages.stream()))
                .extracting(Recording::at)
                .containsExactly(NOW);
    }
}
