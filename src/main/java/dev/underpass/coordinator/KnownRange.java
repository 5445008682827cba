package dev.underpass.coordinator;

import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.coordinator.CidrDiscovery.Range;
import dev.underpass.net.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A range of Services or Pods, and what tells of it.
///
/// @param inStatus whether the SpiderCoordinator's status has it
/// @param sources the other resources that tell of it; the range is in the status alone where there is none
public record KnownRange(IpPrefix prefix, boolean inStatus, List<String> sources) {

    public KnownRange {
        sources = List.copyOf(sources);
    }

    /// The Service ranges: first those of the status.
    public static List<KnownRange> services(@Nullable Coordinator coordinator, CidrDiscovery found) {
        return of(coordinator == null ? null : coordinator.serviceCidrs(), found.services());
    }

    /// The same of the overlay's Pods.
    public static List<KnownRange> overlayPods(@Nullable Coordinator coordinator, CidrDiscovery found) {
        return of(coordinator == null ? null : coordinator.overlayPodCidrs(), found.overlayPods());
    }

    private static List<KnownRange> of(@Nullable List<IpPrefix> status, List<Range> told) {
        var known = status == null ? List.<IpPrefix>of() : status;
        var all = new LinkedHashSet<IpPrefix>(
                Stream.concat(known.stream(), told.stream().map(Range::prefix)).toList());
        return all.stream()
                .map(prefix -> new KnownRange(prefix, known.contains(prefix), sources(prefix, told)))
                .toList();
    }

    private static List<String> sources(IpPrefix prefix, List<Range> told) {
        return told.stream()
                .filter(range -> range.prefix().equals(prefix))
                .map(Range::source)
                .distinct()
                .toList();
    }
}
