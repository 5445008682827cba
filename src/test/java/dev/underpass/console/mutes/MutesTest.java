package dev.underpass.console.mutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.store.Store;
import dev.underpass.diagnosis.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutesTest {

    private static final Instant START = Instant.parse("2026-11-29T08:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final Mutes mutes = new Mutes(clock, Store.ALONE);
    private final CurrentAnalysis analysis;
    private final ClusterView cluster;
    private final Finding finding;

    MutesTest() throws BundleException {
        analysis = new CurrentAnalysis("bundle:" + Recordings.path("hijack-route-deleted"), "lab", clock);
        cluster = Objects.requireNonNull(analysis.current().block());
        finding = cluster.findings().getFirst();
    }

    @AfterEach
    void stop() {
        analysis.destroy();
    }

    private Mark mute(int hours) {
        return mutes.mute(cluster, finding.code(), "known, see the ticket", hours, "li");
    }

    @Test
    void aMuteEndsByItselfAndNotBefore() {
        mute(1);

        clock.advance(Duration.ofMinutes(59));
        assertThat(mutes.of(finding)).get().extracting(Mark::who).isEqualTo("li");
        clock.advance(Duration.ofMinutes(1));
        assertThat(mutes.of(finding)).isEmpty();
        assertThat(mutes.inForce()).isEmpty();
    }

    @Test
    void anEndByItselfIsToldWithItsTimeAndByNobody() {
        mute(1);
        clock.advance(Duration.ofHours(5));

        assertThat(mutes.history()).extracting(Mark::at).containsExactly(START, START.plus(Duration.ofHours(1)));
        assertThat(mutes.history().getLast().who()).isEmpty();
    }

    @Test
    void whatWasUnmutedOrMutedAnewBeforeHasNoEndByItself() {
        mute(1);
        mute(8);
        mutes.unmute(finding.code(), "wang");
        clock.advance(Duration.ofHours(20));

        assertThat(mutes.history()).extracting(Mark::who).containsExactly("li", "li", "wang");
        assertThat(mutes.of(finding)).isEmpty();
    }

    @Test
    void theNewestMuteCounts() {
        mute(90);
        mute(1);

        clock.advance(Duration.ofHours(2));

        assertThat(mutes.of(finding)).isEmpty();
    }

    @Test
    void aFindingOfAnotherKindIsNotMuted() {
        mute(1);
        var kind = finding.kind() == Finding.Kind.FAULT ? Finding.Kind.LIMITATION : Finding.Kind.FAULT;
        var other = new Finding(
                finding.code(),
                finding.severity(),
                kind,
                finding.title(),
                finding.summary(),
                finding.remedy(),
                List.of(),
                finding.affected(),
                null);

        assertThat(mutes.of(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2161, Integer.MAX_VALUE})
    void nothingIsMutedForEverOrForNoTime(int hours) {
        assertThatThrownBy(() -> mute(hours))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("between 1 and 2160");
        assertThat(mutes.inForce()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u202eb", "a\nb", "\u0000"})
    void aReasonIsSomethingToRead(String reason) {
        assertThatThrownBy(() -> mutes.mute(cluster, finding.code(), reason, 1, "li"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aReasonHasAtMost500Characters() {
        assertThat(mutes.mute(cluster, finding.code(), "路".repeat(500), 1, "li").reason())
                .hasSize(500);
        assertThatThrownBy(() -> mutes.mute(cluster, finding.code(), "x".repeat(501), 1, "li"))
                .hasMessageContaining("500");
    }

    @Test
    void onlyWhatIsFoundIsMutedAndOnlyWhatIsMutedUnmuted() {
        assertThatThrownBy(() -> mutes.mute(cluster, "U99", "why", 1, "li")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> mutes.unmute(finding.code(), "li")).isInstanceOf(NotFoundException.class);
    }

    /// As replicas that muted and unmuted at the same time hear it, each in its own order.
    @Test
    void marksCountTheSameInWhateverOrderTheyCome() {
        var first = mute(1);
        mute(8);
        mutes.unmute(finding.code(), "wang");
        var other = new Mutes(clock, Store.ALONE);

        mutes.held().reversed().forEach(other::hear);
        mutes.held().forEach(other::hear);

        assertThat(other.of(finding)).isEmpty();
        assertThat(other.history()).contains(first).hasSize(3);
    }

    @Test
    void theOldestAreForgottenButNotWhatCountsNow() {
        mute(24);
        var code = cluster.findings().getLast().code();
        for (int i = 0; i < Mutes.MOST; i++) {
            mutes.mute(cluster, code, "again", 1, "li");
        }

        assertThat(mutes.held()).hasSize(Mutes.MOST);
        assertThat(mutes.of(finding)).isPresent();
    }
}
