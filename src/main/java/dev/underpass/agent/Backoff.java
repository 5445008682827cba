package dev.underpass.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time, up to a limit, and never all at once.
final class Backoff {

    /// For what costs little to try: whoever comes back within a minute is found within 5 s, and later within
    /// 20 s, also where an attempt waits for its connection as long as it may.
    static final Longest OF_STREAMS = new Longest(Duration.ofMillis(2_500), Duration.ofSeconds(15));

    /// For what has to be put together anew for each attempt.
    static final Longest OF_REPORTS = new Longest(Duration.ofSeconds(20), Duration.ofSeconds(20));

    /// The most of one wait.
    ///
    /// @param atFirst while all waits together are less than a minute
    /// @param later from then on: who is away for long is not back in the next moment
    record Longest(Duration atFirst, Duration later) {}

    private static final Duration AT_FIRST = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofMillis(500);

    private final RandomGenerator random;
    private final Longest longest;
    private Duration next = FIRST;
    private Duration waited = Duration.ZERO;

    Backoff(RandomGenerator random, Longest longest) {
        this.random = random;
        this.longest = longest;
    }

    /// The next wait: between a half and the whole of the current limit.
    Duration next() {
        long limit = next.toMillis();
        var wait = Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
        waited = waited.plus(wait);
        var most = waited.compareTo(AT_FIRST) < 0 ? longest.atFirst() : longest.later();
        var twice = next.multipliedBy(2);
        next = twice.compareTo(most) > 0 ? most : twice;
        return wait;
    }

    /// An attempt has succeeded.
    void reset() {
        next = FIRST;
        waited = Duration.ZERO;
    }
}
