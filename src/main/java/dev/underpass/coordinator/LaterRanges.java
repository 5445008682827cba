package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Pod;
import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ranges of which it is known that nothing asked for them when a Pod was made, so that its routes cannot have them.
final class LaterRanges {

    /// The API server makes it of its own settings, as late as the upgrade that brings such objects: the range is
    /// older.
    private static final String DEFAULT = "kubernetes";

    private final ClusterSnapshot snapshot;
    private final @Nullable Instant made;

    LaterRanges(ClusterSnapshot snapshot, Pod pod) {
        this.snapshot = snapshot;
        this.made = pod.createdAt();
    }

    /// When the range came, if somebody saw it come after the Pod was made.
    @Nullable
    Instant seen(IpPrefix range) {
        return later(Stream.ofNullable(snapshot.rangesSince().get(range)));
    }

    /// The same of a range of Services, which may have an object with a date.
    @Nullable
    Instant services(IpPrefix range) {
        return later(Stream.concat(
                Stream.ofNullable(snapshot.rangesSince().get(range)),
                snapshot.cni().serviceCidrs().stream()
                        .filter(object ->
                                object.cidrs().contains(range) && !object.name().equals(DEFAULT))
                        .map(each -> each.createdAt())
                        .filter(Objects::nonNull)));
    }

    private @Nullable Instant later(Stream<Instant> dates) {
        return made == null
                ? null
                : dates.filter(made::isBefore).min(Instant::compareTo).orElse(null);
    }
}
