package dev.underpass.console.setup;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.console.objects.Kind;
import dev.underpass.console.objects.Kinds;
import dev.underpass.coordinator.CidrDiscovery;
import dev.underpass.coordinator.KnownRange;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ranges of Services and of the overlay's Pods, and where they were taken from.
///
/// @param coordinator whose status counts; absent where there is no SpiderCoordinator
/// @param unread the resources that could tell of ranges and could not be read
public record Ranges(@Nullable String coordinator, List<Range> services, List<Range> pods, List<String> unread) {

    private static final List<Kind<?>> SOURCES = List.of(
            Kinds.COORDINATOR, Kinds.CONFIG_MAP, Kinds.SERVICE_CIDR, Kinds.POD, Kinds.CALICO_POOL, Kinds.CILIUM_POOL);

    /// A range.
    ///
    /// @param inStatus whether the SpiderCoordinator's status has it
    /// @param sources the other resources that tell of it
    public record Range(String range, boolean inStatus, List<String> sources) {

        public Range {
            sources = List.copyOf(sources);
        }

        private static Range of(KnownRange range) {
            return new Range(range.prefix().toString(), range.inStatus(), range.sources());
        }
    }

    public Ranges {
        services = List.copyOf(services);
        pods = List.copyOf(pods);
        unread = List.copyOf(unread);
    }

    static Ranges of(ClusterSnapshot snapshot) {
        var coordinator =
                snapshot.spiderpool().coordinators().stream().findFirst().orElse(null);
        var type = coordinator == null ? null : coordinator.settings().podCidrType();
        var found = CidrDiscovery.of(snapshot, Objects.requireNonNullElse(type, "auto"));
        return new Ranges(
                coordinator == null ? null : coordinator.name(),
                KnownRange.services(coordinator, found).stream().map(Range::of).toList(),
                KnownRange.overlayPods(coordinator, found).stream()
                        .map(Range::of)
                        .toList(),
                SOURCES.stream()
                        .map(Kind::resource)
                        .filter(resource -> !snapshot.observes(resource))
                        .toList());
    }

    /// What the check comes to. A cluster may have no overlay, so no Pod range lacks nothing.
    public Result result() {
        return services.isEmpty()
                ? Result.UNKNOWN
                : Stream.of(services, pods).flatMap(List::stream).allMatch(Range::inStatus) || coordinator == null
                        ? Result.GOOD
                        : Result.LACKING;
    }
}
