package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class NewestTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final Scheduler worker = Schedulers.newSingle("newest", true);
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1);

    /// Answers only once the test says how.
    private String work(String question) {
        begun.add(question);
        try {
            var answer = answers.take();
            if (answer.isEmpty()) {
                throw new IllegalStateException("no answer to " + question);
            }
            return question + answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @AfterEach
    void end() {
        worker.dispose();
    }

    private Newest<String, String> newest(Duration patience) {
        return new Newest<>("one", patience, this::work, worker, time::get);
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private void awaitBegun(String... questions) throws Exception {
        while (!begun.equals(List.of(questions))) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void everybodyWhoAsksForTheFirstGetsItsOneAnswer() throws Exception {
        var newest = newest(Duration.ZERO);
        var first = newest.get().toFuture();
        var second = newest.get().toFuture();
        awaitBegun("one");
        answers.add("!");

        assertThat(first.get()).isEqualTo("one!");
        assertThat(second.get()).isEqualTo("one!");
        assertThat(newest.get().block()).isEqualTo("one!");
        assertThat(begun).containsExactly("one");
    }

    @Test
    void nothingBeginsBeforeSomebodyAsks() throws Exception {
        var newest = newest(LONG);
        newest.replace("two");
        answers.add("!");

        assertThat(newest.get().block()).isEqualTo("two!");
        assertThat(begun).containsExactly("two");
    }

    @Test
    void whoHasPatienceGetsTheNewestAndThoseBetweenAreLeftOut() throws Exception {
        var newest = newest(LONG);
        var first = newest.get().toFuture();
        awaitBegun("one");
        newest.replace("two");
        newest.replace("three");
        var third = newest.get().toFuture();
        answers.add("!");

        assertThat(first.get()).isEqualTo("one!");
        awaitBegun("one", "three");
        assertThat(third).isNotDone();
        answers.add("!");
        assertThat(third.get()).isEqualTo("three!");
    }

    @Test
    void whoWaitedLongEnoughForTheFirstGetsThatOfTheQuestionBefore() throws Exception {
        var newest = newest(Duration.ZERO);
        var first = newest.get().toFuture();
        awaitBegun("one");
        assertThat(newest.answers()).isFalse();
        newest.replace("two");
        var second = newest.get().toFuture();
        answers.add("!");

        assertThat(first.get()).isEqualTo("one!");
        assertThat(second.get()).isEqualTo("one!");
        assertThat(newest.answers()).isTrue();
        awaitBegun("one", "two");
    }

    @Test
    void whoWaitsForTheFirstGetsTheNextWhereThatOfTheQuestionBeforeFails() throws Exception {
        var newest = newest(Duration.ZERO);
        newest.get().onErrorComplete().subscribe();
        awaitBegun("one");
        newest.replace("two");
        var second = newest.get().toFuture();
        answers.add("");
        answers.add("!");

        assertThat(second.get()).isEqualTo("two!");
    }

    @Test
    void whereAnswersTakeLongTheEarlierOneIsGivenUntilTheNextIsReady() throws Exception {
        var newest = newest(Duration.ZERO);
        answers.add("!");
        newest.get().block();
        newest.replace("two");

        assertThat(newest.get().block()).isEqualTo("one!");
        awaitBegun("one", "two");
        assertThat(newest.get().block()).isEqualTo("one!");
        answers.add("!");
        while (!"two!".equals(newest.get().block())) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(begun).containsExactly("one", "two");
    }

    @Test
    void anAnswerWhoseQuestionWasReplacedLongAgoIsNotGivenAnyMore() throws Exception {
        var newest = newest(Duration.ZERO);
        answers.add("!");
        newest.get().block();
        pass(Duration.ofHours(8));
        assertThat(newest.answers()).as("nothing came").isTrue();
        newest.replace("two");
        pass(Newest.OUTDATED);
        assertThat(newest.answers()).isTrue();
        newest.replace("three");
        pass(Duration.ofNanos(1));
        assertThat(newest.answers()).isFalse();

        var third = newest.get().toFuture();
        awaitBegun("one", "three");
        newest.replace("four");
        var fourth = newest.get().toFuture();
        answers.add("!");

        assertThat(third.get()).isEqualTo("three!");
        assertThat(fourth.get()).isEqualTo("three!");
        assertThat(newest.answers()).isTrue();
    }

    @Test
    void whereAnAnswerTakesLongItIsGivenUntilTheNextCanBeThere() throws Exception {
        var newest = newest(Duration.ZERO);
        pass(Duration.ofHours(1));
        var first = newest.get().toFuture();
        awaitBegun("one");
        newest.replace("two");
        pass(Duration.ofMinutes(2));
        answers.add("!");
        assertThat(first.get()).isEqualTo("one!");

        pass(Duration.ofMinutes(6));
        assertThat(newest.answers()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(newest.answers()).isFalse();
    }

    @Test
    void whoWaitedLongEnoughGetsTheEarlierOne() throws Exception {
        var newest = newest(Duration.ofMillis(200));
        answers.add("!");
        newest.get().block();
        newest.replace("two");

        assertThat(newest.get().block()).isEqualTo("one!");
        awaitBegun("one", "two");
    }

    @Test
    void aFailureIsToldToThoseWhoAskForThatOneAndTheNextBeginsAnew() throws Exception {
        var newest = newest(LONG);
        answers.add("");

        assertThatThrownBy(() -> newest.get().block()).hasMessageContaining("no answer to one");
        assertThatThrownBy(() -> newest.get().block()).hasMessageContaining("no answer to one");
        newest.replace("two");
        answers.add("!");
        assertThat(newest.get().block()).isEqualTo("two!");
        assertThat(begun).containsExactly("one", "two");
    }
}
