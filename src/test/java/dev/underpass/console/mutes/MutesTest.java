package dev.underpass.console.mutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.InvalidInputException;
import dev.underpass.console.NotFoundException;
import dev.underpass.console.TestClock;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.CurrentAnalysis;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.mutes.Mutes.Wish;
import dev.underpass.console.store.Store;
import dev.underpass.console.store.Told;
import dev.underpass.diagnosis.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

    private Mark mute(String reason, int hours) {
        return mutes.mute(cluster, new Wish(finding.code(), reason, hours), "li");
    }

    private Mark mute(int hours) {
        return mute("known, see the ticket", hours);
    }

    @Test
    void aMuteEndsByItselfAndNotBefore() {
        mute(1);

        clock.advance(Duration.ofMinutes(59));
        assertThat(mutes.isMuted(finding)).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(mutes.isMuted(finding)).isFalse();
        assertThat(mutes.lasting()).isEmpty();
    }

    @Test
    void anEndByItselfIsToldWithItsTimeAndByNobody() {
        mute(1);
        clock.advance(Duration.ofHours(5));

        assertThat(mutes.history()).extracting(Mark::at).containsExactly(START.plus(Duration.ofHours(1)), START);
        assertThat(mutes.history().getFirst().who()).isEmpty();
    }

    @Test
    void whatWasUnmutedOrMutedAnewBeforeHasNoEndByItself() {
        mute(1);
        mute(8);
        mutes.unmute(finding.code(), "wang");
        clock.advance(Duration.ofHours(20));

        assertThat(mutes.history()).extracting(Mark::who).containsExactly("wang", "li", "li");
        assertThat(mutes.isMuted(finding)).isFalse();
    }

    @Test
    void theNewestMuteCounts() {
        mute(90);
        mute(1);

        clock.advance(Duration.ofHours(2));

        assertThat(mutes.isMuted(finding)).isFalse();
    }

    /// Replicas of one console know of a mute by its JSON.
    @Test
    void aReplicaThatHearsOfItMutesTheSame() {
        mute(1);
        var other = new Mutes(clock, Store.ALONE);
        mutes.held().forEach(other::hear);

        assertThat(other.of(finding)).isEqualTo(mutes.of(finding));
        assertThat(other.isMuted(finding)).isTrue();
    }

    @Test
    void whatIsMoreThanWasMutedIsHeardOfAndMutedAgainWhenItIsNoMore() {
        mute(1);
        var services = Stream.concat(
                        finding.affected().services().stream(), Stream.of(new ObjectName("elsewhere", "shop")))
                .toList();
        var more = new Finding(
                finding.code(),
                finding.severity(),
                finding.kind(),
                finding.title(),
                finding.summary(),
                finding.remedy(),
                List.of(),
                new Finding.Affected(
                        finding.affected().pods(), services, finding.affected().nodes()),
                null);

        assertThat(mutes.isMuted(more)).isFalse();
        assertThat(mutes.among(List.of(finding, more))).isEqualTo(1);
        assertThat(mutes.of(more))
                .get()
                .extracting(Muted::beyond)
                .hasToString("it is at other places as well: namespace/elsewhere");
        assertThat(mutes.isMuted(finding)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2161, Integer.MAX_VALUE})
    void nothingIsMutedForEverOrForNoTime(int hours) {
        assertThatThrownBy(() -> mute(hours))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("between 1 and 2160");
        assertThat(mutes.lasting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u202eb", "a\nb", "\u0000"})
    void aReasonIsSomethingToRead(String reason) {
        assertThatThrownBy(() -> mute(reason, 1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aReasonHasAtMost500Characters() {
        assertThat(mute("路".repeat(500), 1).reason()).hasSize(500);
        assertThatThrownBy(() -> mute("x".repeat(501), 1)).hasMessageContaining("500");
    }

    @Test
    void onlyWhatIsFoundIsMutedAndOnlyWhatIsMutedUnmuted() {
        assertThatThrownBy(() -> mutes.mute(cluster, new Wish("U99", "why", 1), "li"))
                .isInstanceOf(NotFoundException.class);
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

        assertThat(other.isMuted(finding)).isFalse();
        assertThat(other.history()).contains(first).hasSize(3);
    }

    @Test
    void theOldestAreForgottenButNotWhatCountsNow() {
        var counting = mute(24);
        var code = cluster.findings().getLast().code();
        for (int i = 0; i < Mutes.MOST; i++) {
            mutes.mute(cluster, new Wish(code, "again", 1), "li");
        }

        assertThat(mutes.held()).hasSize(Mutes.MOST);
        assertThat(mutes.held()).extracting(Told::key).contains(counting.id());
        assertThat(mutes.isMuted(finding)).isTrue();
    }
}
