package dev.underpass.console.web;

import dev.underpass.console.recordings.Recording;
import dev.underpass.diagnosis.edit.PoolCounts;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// How a pool filled since it was first recorded, and how long its free addresses last if it goes on so. Less than a
/// day tells nothing.
///
/// @param why `off` where nothing was recorded, `short` where it was for less than a day, `steady` where the pool
/// did not fill, `fills`, or `full`
/// @param since when the first of the recordings was
/// @param more how many addresses more are allocated than then; negative where they are less
/// @param days how many the free ones last; of a pool that fills
record PoolOutlook(String why, Instant since, BigInteger more, BigInteger days) {

    private static final Duration BASIS = Duration.ofDays(14);
    private static final Duration LEAST = Duration.ofDays(1);
    private static final BigInteger SECONDS_OF_A_DAY =
            BigInteger.valueOf(Duration.ofDays(1).toSeconds());

    static PoolOutlook of(String pool, PoolCounts counts, List<Recording> newestFirst, Instant now) {
        var first = newestFirst.reversed().stream()
                .filter(each ->
                        !each.at().isBefore(now.minus(BASIS)) && each.at().isBefore(now))
                .filter(each -> each.pools().containsKey(pool))
                .findFirst();
        if (first.isEmpty()) {
            return new PoolOutlook("off", now, BigInteger.ZERO, BigInteger.ZERO);
        }
        var since = first.get().at();
        var more = counts.allocated()
                .subtract(Objects.requireNonNull(first.get().pools().get(pool)).allocated());
        var over = Duration.between(since, now);
        if (over.compareTo(LEAST) < 0) {
            return new PoolOutlook("short", since, more, BigInteger.ZERO);
        }
        if (more.signum() <= 0) {
            return new PoolOutlook("steady", since, more, BigInteger.ZERO);
        }
        var days = counts.free().multiply(BigInteger.valueOf(over.toSeconds())).divide(more.multiply(SECONDS_OF_A_DAY));
        return new PoolOutlook(counts.free().signum() == 0 ? "full" : "fills", since, more, days);
    }
}
