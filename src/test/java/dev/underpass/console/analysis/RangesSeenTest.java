package dev.underpass.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// When ranges came, as far as they were seen to.
class RangesSeenTest {

    private static final Instant THEN = Instant.parse("2026-11-29T08:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(60);
    private static final IpPrefix FRESH = IpPrefix.parse("10.96.0.0/16");
    private static final ClusterSnapshot FIRST = Recordings.read("healthy");

    private final RangesSeen ranges = new RangesSeen();

    private static ClusterSnapshot with(IpPrefix range) {
        var coordinators = FIRST.spiderpool().coordinators().stream()
                .map(each -> new Coordinator(
                        each.name(),
                        each.settings(),
                        each.phase(),
                        each.reason(),
                        each.overlayPodCidrs(),
                        Stream.concat(Objects.requireNonNull(each.serviceCidrs()).stream(), Stream.of(range))
                                .toList()))
                .toList();
        return FIRST.with(
                FIRST.spiderpool().with(coordinators, FIRST.spiderpool().networkAttachments()), FIRST.cni());
    }

    @Test
    void oneThatComesIsDatedAndStaysSo() {
        assertThat(ranges.in(FIRST, THEN)).isSameAs(FIRST);
        assertThat(ranges.in(with(FRESH), NOW).rangesSince()).containsExactlyEntriesOf(Map.of(FRESH, NOW));
        assertThat(ranges.in(with(FRESH), NOW.plusSeconds(9)).rangesSince().get(FRESH))
                .isEqualTo(NOW);
    }

    @Test
    void oneThatWasThereBeforeHasNoDateAlthoughItWasAway() {
        ranges.in(with(FRESH), THEN);
        ranges.in(FIRST, THEN);

        assertThat(ranges.in(with(FRESH), NOW).rangesSince()).isEmpty();
    }

    @Test
    void oneThatCameWhileNobodyCouldLookHasNoDate() {
        ranges.in(FIRST, THEN);
        ranges.in(
                FIRST.with(FIRST.spiderpool().with(List.of(), List.of()), FIRST.cni())
                        .withUnobserved(Set.of("spidercoordinators.spiderpool.spidernet.io")),
                THEN);

        assertThat(ranges.in(with(FRESH), NOW).rangesSince()).isEmpty();
    }

    @Test
    void oneThatComesWithItsObjectHasNoDateForThatMayHaveBeenThereBefore() {
        ranges.in(
                FIRST.with(FIRST.spiderpool().with(List.of(), FIRST.spiderpool().networkAttachments()), FIRST.cni()),
                THEN);

        assertThat(ranges.in(with(FRESH), NOW).rangesSince()).isEmpty();
    }

    @Test
    void whatIsFirstReadLaterThanTheRestHasNoDate() {
        ranges.in(FIRST.withUnobserved(Set.of("network-attachment-definitions.k8s.cni.cncf.io")), THEN);

        assertThat(ranges.in(with(FRESH), NOW).rangesSince()).isEmpty();
    }
}
