package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CniResources;
import dev.underpass.cluster.CniResources.ServiceCidr;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A range that a Pod has no route for: whether it came after the Pod was made is said where it is known, and only
/// there.
class LaterRangesTest {

    private static final ObjectName POD = ObjectName.parse("lab/u1");
    private static final IpPrefix FRESH = IpPrefix.parse("10.96.0.0/16");
    private static final ClusterSnapshot RECORDED = Recordings.read("healthy");
    private static final Instant MADE = Objects.requireNonNull(RECORDED.pods().stream()
            .filter(pod -> pod.name().equals(POD))
            .findFirst()
            .orElseThrow()
            .createdAt());
    private static final Instant BEFORE = MADE.minusSeconds(60);
    private static final Instant AFTER = MADE.plusSeconds(60);

    /// The recording, whose status has one range of Services more.
    private static ClusterSnapshot grown() {
        var coordinators = RECORDED.spiderpool().coordinators().stream()
                .map(each -> new Coordinator(
                        each.name(),
                        each.settings(),
                        each.phase(),
                        each.reason(),
                        each.overlayPodCidrs(),
                        Stream.concat(Objects.requireNonNull(each.serviceCidrs()).stream(), Stream.of(FRESH))
                                .toList()))
                .toList();
        var networks = RECORDED.spiderpool().networkAttachments();
        return RECORDED.with(RECORDED.spiderpool().with(coordinators, networks), RECORDED.cni());
    }

    private static ClusterSnapshot withObject(String name, @Nullable Instant createdAt) {
        var grown = grown();
        var cni = grown.cni();
        return grown.with(
                grown.spiderpool(),
                new CniResources(
                        List.of(new ServiceCidr(name, List.of(FRESH), createdAt)),
                        cni.calicoPools(),
                        cni.ciliumPools(),
                        cni.ciliumNodes(),
                        cni.configMaps()));
    }

    private static DriftItem missing(ClusterSnapshot snapshot) {
        var missing = Analysis.of(snapshot).pod(POD).orElseThrow().drift().stream()
                .filter(item -> item.text().startsWith(FRESH + " "))
                .toList();
        assertThat(missing).hasSize(1);
        return missing.getFirst();
    }

    @Test
    void whereNothingTellsNobodyIsBlamed() {
        assertThat(missing(grown()).code()).isEqualTo("U22");
        assertThat(missing(grown()).reason())
                .hasToString("expected because of SpiderCoordinator default status.serviceCIDR");
    }

    @Test
    void aRangeThatWasSeenToComeLaterIsYoungerThanThePod() {
        var item = missing(grown().withRangesSince(Map.of(FRESH, AFTER)));

        assertThat(item.code()).isEqualTo("U05");
        assertThat(item.reason())
                .hasToString("expected because of SpiderCoordinator default status.serviceCIDR, since " + AFTER
                        + ": the Pod was made before that");
    }

    @Test
    void aRangeThatCameBeforeThePodIsNoReason() {
        assertThat(missing(grown().withRangesSince(Map.of(FRESH, BEFORE))).code())
                .isEqualTo("U22");
    }

    @Test
    void anObjectThatIsYoungerThanThePodTellsAsWell() {
        assertThat(missing(withObject("more", AFTER)).code()).isEqualTo("U05");
        assertThat(missing(withObject("more", BEFORE)).code()).isEqualTo("U22");
        assertThat(missing(withObject("more", null)).code()).isEqualTo("U22");
    }

    @Test
    void theObjectThatTheApiServerMakesOfItsSettingsTellsNothing() {
        assertThat(missing(withObject("kubernetes", AFTER)).code()).isEqualTo("U22");
    }
}
