package dev.underpass.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.console.NotFoundException;
import dev.underpass.console.Phrases;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/// What was told at another replica a moment ago.
class HeardTest {

    private final AtomicInteger asked = new AtomicInteger();

    private static Heard heard(boolean shared, @Nullable Instant awaySince) {
        return new Heard(() -> new Store.Status(shared, awaySince, "", 0, 0));
    }

    /// What is heard when it is asked for the fourth time.
    private String fourth() {
        if (asked.incrementAndGet() < 4) {
            throw new NotFoundException(Phrases.NO_EDIT.with());
        }
        return "heard";
    }

    private void isRefusedAtOnce(Mono<String> answer) {
        StepVerifier.create(answer).verifyError(NotFoundException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void isWaitedForWhereThereAreOthers() {
        StepVerifier.create(heard(true, null).soon(this::fourth))
                .expectNext("heard")
                .verifyComplete();
    }

    @Test
    void isNotWaitedForWhereNobodyTellsAnything() {
        isRefusedAtOnce(heard(false, null).soon(this::fourth));
    }

    @Test
    void isNotWaitedForWhileTheStoreIsAway() {
        isRefusedAtOnce(heard(true, Instant.EPOCH).soon(this::fourth));
    }

    @Test
    void whatIsNeverHeardIsRefusedInTheEnd() {
        StepVerifier.create(heard(true, null).soon(() -> {
                    asked.incrementAndGet();
                    throw new NotFoundException(Phrases.NO_EDIT.with());
                }))
                .verifyError(NotFoundException.class);
        assertThat(asked).hasValueGreaterThan(4);
    }

    @Test
    void anythingElseThatGoesWrongIsToldAtOnce() {
        StepVerifier.create(heard(true, null).soon(() -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("broken");
                }))
                .verifyErrorMessage("broken");
        assertThat(asked).hasValue(1);
    }
}
