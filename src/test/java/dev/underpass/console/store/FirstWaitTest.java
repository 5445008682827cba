package dev.underpass.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often a start looks whether the store has told everything.
class FirstWaitTest {

    /// `fails` and `answers`: from which look until before which one.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            it tells everything,               100, 100,   4, true,   5
            it answers but never ends,         100, 100, 200, false, 100
            it is away,                          0, 100, 200, false,  30
            it is there before the wait ends,    0,  29,  40, true,   41
            it goes away again,                 50, 100, 200, false,  80
            """)
    void isAsLongAsTheStoreDeserves(String name, int fails, int answers, int tells, boolean all, int looks) {
        var look = new AtomicInteger();
        IntPredicate failing = at -> at >= fails && at < answers;

        var caughtUp = FirstWait.caughtUp(() -> failing.test(look.get() - 1), _ -> look.getAndIncrement() >= tells);

        assertThat(caughtUp).isEqualTo(all);
        assertThat(look).hasValue(looks);
    }
}
