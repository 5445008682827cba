package dev.underpass.console.analysis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// When the ranges that are steered to nodes came, as far as they were seen to. Of those that were there when the
/// watching began, or came while it could not be looked, nobody knows.
final class RangesSeen {

    /// What asks for ranges.
    private static final List<String> ASKING =
            List.of("spidercoordinators.spiderpool.spidernet.io", "network-attachment-definitions.k8s.cni.cncf.io");

    private final Set<IpPrefix> known = new HashSet<>();
    private final Map<IpPrefix, Instant> since = new HashMap<>();
    private boolean looking;

    /// The same snapshot, with what was seen until now.
    ClusterSnapshot in(ClusterSnapshot snapshot, Instant now) {
        ranges(snapshot).filter(known::add).filter(_ -> looking).forEach(range -> since.put(range, now));
        looking = ASKING.stream().allMatch(snapshot::observes);
        return since.isEmpty() ? snapshot : snapshot.withRangesSince(since);
    }

    private static Stream<IpPrefix> ranges(ClusterSnapshot snapshot) {
        var coordinators = snapshot.spiderpool().coordinators();
        var status = coordinators.stream()
                .flatMap(each -> Stream.of(each.serviceCidrs(), each.overlayPodCidrs()))
                .filter(Objects::nonNull)
                .flatMap(List::stream);
        var settings = Stream.concat(
                coordinators.stream().map(each -> each.settings()),
                snapshot.spiderpool().networkAttachments().stream()
                        .map(each -> each.coordinator())
                        .filter(Objects::nonNull));
        var hijacked = settings.map(each -> each.hijackCidrs())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .flatMap(text -> IpPrefix.read(text).stream());
        return Stream.concat(status, hijacked);
    }
}
