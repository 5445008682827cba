package dev.underpass.console.analysis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CoordinatorSettings;
import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// When the ranges that are steered to nodes came, as far as they were seen to be added to a list that was there
/// before.
/// Of those that were there when the watching began, that came while it could not be looked, or with an object or a
/// status that may have been there earlier, nobody knows.
final class RangesSeen {

    /// What asks for ranges.
    private static final List<String> ASKING =
            List.of("spidercoordinators.spiderpool.spidernet.io", "network-attachment-definitions.k8s.cni.cncf.io");

    private final Set<IpPrefix> known = new HashSet<>();
    private final Map<IpPrefix, Instant> since = new HashMap<>();
    private Set<String> lists = Set.of();

    /// The same snapshot, with what was seen until now.
    ClusterSnapshot in(ClusterSnapshot snapshot, Instant now) {
        var asked = asked(snapshot);
        var fresh = new HashSet<IpPrefix>();
        asked.forEach((list, ranges) -> ranges.stream()
                .filter(range -> !known.contains(range) && lists.contains(list))
                .forEach(fresh::add));
        fresh.forEach(range -> since.put(range, now));
        asked.values().forEach(known::addAll);
        lists = ASKING.stream().allMatch(snapshot::observes) ? Set.copyOf(asked.keySet()) : Set.of();
        return since.isEmpty() ? snapshot : snapshot.withRangesSince(since);
    }

    /// The ranges of every list that there is.
    private static Map<String, Set<IpPrefix>> asked(ClusterSnapshot snapshot) {
        var asked = new HashMap<String, Set<IpPrefix>>();
        for (var coordinator : snapshot.spiderpool().coordinators()) {
            put(asked, coordinator.name() + " status.serviceCIDR", coordinator.serviceCidrs());
            put(asked, coordinator.name() + " status.overlayPodCIDR", coordinator.overlayPodCidrs());
            asked.put(coordinator.name() + " spec.hijackCIDR", hijacked(coordinator.settings()));
        }
        for (var network : snapshot.spiderpool().networkAttachments()) {
            if (network.coordinator() != null) {
                asked.put("network " + network.name(), hijacked(network.coordinator()));
            }
        }
        return asked;
    }

    private static void put(Map<String, Set<IpPrefix>> asked, String list, @Nullable List<IpPrefix> ranges) {
        if (ranges != null) {
            asked.put(list, Set.copyOf(ranges));
        }
    }

    private static Set<IpPrefix> hijacked(CoordinatorSettings settings) {
        var texts = settings.hijackCidrs();
        return texts == null
                ? Set.of()
                : texts.stream().flatMap(text -> IpPrefix.read(text).stream()).collect(Collectors.toSet());
    }
}
