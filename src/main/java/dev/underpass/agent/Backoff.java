package dev.underpass.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time, up to a limit, and never all at once.
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// The next wait: between a half and the whole of the current limit.
    Duration next() {
        long limit = next.toMillis();
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
    }

    /// An attempt has succeeded.
    void reset() {
        next = FIRST;
    }
}
