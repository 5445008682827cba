package dev.underpass.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

    private final Lanes lanes = new Lanes();

    @AfterEach
    void close() {
        lanes.close();
    }

    private static boolean isEven(int number) {
        return number % 2 == 0;
    }

    @Test
    void bothWorkAtTheSameTimeAndEachThingIsDoneOnce() {
        var meeting = new CyclicBarrier(2);
        var done = new ConcurrentLinkedQueue<Integer>();

        lanes.each(List.of(1, 2, 3, 4), LanesTest::isEven, number -> {
            try {
                meeting.await(1, TimeUnit.MINUTES);
            } catch (Exception e) {
                throw new IllegalStateException("nobody works beside", e);
            }
            done.add(number);
        });

        assertThat(done).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFailureIsToldWhicheverLaneItIsOf(int bad) {
        var done = new ConcurrentLinkedQueue<Integer>();

        assertThatThrownBy(() -> lanes.each(List.of(1, 2), LanesTest::isEven, number -> {
                    if (number == bad) {
                        throw new IllegalStateException("broken");
                    }
                    done.add(number);
                }))
                .hasStackTraceContaining("broken");
        assertThat(done).containsExactly(3 - bad);
    }

    @Test
    void namespacesTakeTurns() {
        var buffers = List.of(lanes.next(), lanes.next(), lanes.next(), lanes.next());

        assertThat(buffers).filteredOn(lanes::isSecond).hasSize(2);
        assertThat(lanes.isSecond(lanes.first())).isFalse();
    }
}
