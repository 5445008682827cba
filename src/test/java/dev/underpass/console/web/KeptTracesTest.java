package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.TestClock;
import dev.underpass.console.store.Store;
import dev.underpass.words.Sentence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Answers that are kept.
class KeptTracesTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-28T08:00:00.5Z"));
    private final KeptTraces kept = new KeptTraces(clock, Store.ALONE);

    private static TracePage page(String from) {
        return new TracePage(new TracePage.Form(from, "", "", List.of(), List.of()), Sentence.NONE, null, null);
    }

    @Test
    void aKeptAnswerSaysWhenItWasGiven() {
        var id = kept.keep(page("lab/u1"));

        var again = kept.page(id);
        assertThat(again.form().from()).isEqualTo("lab/u1");
        assertThat(again.kept())
                .isEqualTo(new TracePage.Kept(id, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void theOldestGoes() {
        var first = kept.keep(page("first"));
        var second = kept.keep(page("second"));
        for (int i = 2; i <= KeptTraces.MOST; i++) {
            kept.keep(page("more"));
        }

        assertThatThrownBy(() -> kept.page(first))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(first);
        assertThat(kept.page(second).form().from()).isEqualTo("second");
    }
}
