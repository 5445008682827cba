package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.TestClock;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

/// Edits on their way.
class KeptDraftsTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-29T08:00:00Z"));
    private final KeptDrafts drafts = new KeptDrafts(clock, Store.ALONE);

    private static EditForm typed(String yaml) {
        return typed(yaml, "");
    }

    private static EditForm typed(String yaml, String draft) {
        var data = new LinkedMultiValueMap<String, String>();
        data.add("operation", "UPDATE");
        data.add("yaml", yaml);
        data.add("draft", draft);
        return PostedForm.of(EditSection.POOLS, "/pools/v4/review", data);
    }

    private static String yaml(KeptDraft draft) {
        return Objects.requireNonNull(draft.form()).yaml();
    }

    @Test
    void whoeverWentOnWithTheirDraftReplacesItAndSomebodyElseBeginsTheirOwn() {
        var first = drafts.keep(typed("a: 1"), "li");

        var again = drafts.keep(typed("a: 2", first.id()), "li");
        var other = drafts.keep(typed("a: 3", first.id()), "wang");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(yaml(drafts.draft(first.id()))).isEqualTo("a: 2");
        assertThat(drafts.newestFirst()).extracting(KeptDraft::who).containsExactly("wang", "li");
    }

    @Test
    void oneThatIsGoneDoesNotComeBackUnderItsId() {
        var first = drafts.keep(typed("a: 1"), "li");
        drafts.discard(first.id());

        assertThatThrownBy(() -> drafts.draft(first.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(first.id());
        assertThat(drafts.keep(typed("a: 2", first.id()), "li").id()).isNotEqualTo(first.id());
    }

    @Test
    void theOldestGoFirstOfWhoeverHasTooMany() {
        var wangs = drafts.keep(typed("w: 1"), "wang");
        var first = drafts.keep(typed("a: 0"), "li");
        for (int i = 1; i <= KeptDrafts.MOST_OF_ONE; i++) {
            drafts.keep(typed("a: " + i), "li");
        }

        assertThat(drafts.find(first.id())).isEmpty();
        assertThat(drafts.find(wangs.id())).isPresent();
        assertThat(drafts.newestFirst()).hasSize(KeptDrafts.MOST_OF_ONE + 1);
    }

    @Test
    void allTogetherTakeNoMoreRoomThanTheyMay() {
        var large = "#" + "x".repeat(KeptDrafts.LONGEST - 100);
        for (var who : List.of("li", "wang", "zhao", "sun", "qian")) {
            drafts.keep(typed(large), who);
        }

        assertThat(drafts.newestFirst()).extracting(KeptDraft::who).containsExactly("qian", "sun", "zhao", "wang");
        assertThatThrownBy(() -> drafts.keep(typed(large + large), "li"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than");
        for (int i = 0; i < KeptDrafts.MOST + 10; i++) {
            drafts.keep(typed("a: " + i), "person " + i);
        }
        assertThat(drafts.newestFirst()).hasSize(KeptDrafts.MOST);
    }

    @Test
    void replicasAgreeInWhateverOrderTheyHear() {
        var told = new ArrayList<Told>();
        var first = drafts.keep(typed("a: 1"), "li");
        told.addAll(drafts.held());
        drafts.keep(typed("a: 2", first.id()), "li");
        told.addAll(drafts.held());
        var stays = drafts.keep(typed("b: 1"), "wang");
        drafts.discard(first.id());
        told.addAll(drafts.held());

        for (int seed = 0; seed < 20; seed++) {
            var replica = new KeptDrafts(clock, Store.ALONE);
            var order = new ArrayList<>(List.copyOf(told));
            Collections.shuffle(order, new Random(seed));
            order.forEach(replica::hear);
            assertThat(replica.newestFirst()).as("seed %s", seed).containsExactly(stays);
        }
    }
}
