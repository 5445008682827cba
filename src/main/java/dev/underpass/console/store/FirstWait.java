package dev.underpass.console.store;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// How long a start waits for what other replicas told before: while the store answers for 10 s, so that it starts with
/// all that they know, and for 3 s where it fails, which a network that is only just there does too.
final class FirstWait {

    static final int LOOKS = 100;
    static final int FAILED_LOOKS = 30;

    private static final Duration LOOK = Duration.ofMillis(100);

    private FirstWait() {}

    /// Whether everything is read.
    ///
    /// @param fails whether the store does not answer now
    /// @param caughtUp whether everything is read; waits so long for it
    static boolean caughtUp(BooleanSupplier fails, Predicate<Duration> caughtUp) {
        int failed = 0;
        for (int look = 0; look < LOOKS && failed < FAILED_LOOKS; look++) {
            if (caughtUp.test(LOOK)) {
                return true;
            }
            failed = fails.getAsBoolean() ? failed + 1 : 0;
        }
        return false;
    }
}
