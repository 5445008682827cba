package dev.underpass.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time, up to a limit, and never all at once.
final class Backoff {

    /// For what costs little to try: whoever comes back is found within 5 s, however long they were away, also where
    /// each
    /// attempt waits for its connection as long as it may.
    static final Duration OF_STREAMS = Duration.ofMillis(2_500);

    /// For what has to be put together anew for each attempt.
    static final Duration OF_REPORTS = Duration.ofSeconds(20);

    private static final Duration FIRST = Duration.ofMillis(500);

    private final RandomGenerator random;
    private final Duration longest;
    private Duration next = FIRST;

    Backoff(RandomGenerator random, Duration longest) {
        this.random = random;
        this.longest = longest;
    }

    /// The next wait: between a half and the whole of the current limit.
    Duration next() {
        long limit = next.toMillis();
        next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
        return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
    }

    /// An attempt has succeeded.
    void reset() {
        next = FIRST;
    }
}
