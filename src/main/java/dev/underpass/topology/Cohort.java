package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.NaturalOrder;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.net.DeviceName;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Pods of one node and namespace that are attached alike and reach the same: only their names tell them apart, so
/// that a drawing is worked out for all of them together.
///
/// @param first where they stand, as one of them
/// @param pods their names, in order
public record Cohort(Placement first, List<ObjectName> pods) {

    /// In an order in which those of a node stand together.
    static final Comparator<Cohort> BY_NODE = Comparator.comparing(Cohort::node, NaturalOrder.TEXT)
            .thenComparing(each -> each.pods().getFirst(), NaturalOrder.NAMES);

    /// What they have in common.
    ///
    /// @param services the number of the map that they share, which may be too large to be compared
    private record Common(
            @Nullable NodeName node,
            String namespace,
            Mode mode,
            String attachment,
            List<Placement.Port> ports,
            @Nullable DeviceName leg,
            int services) {}

    public Cohort {
        pods = List.copyOf(pods);
    }

    /// All of some Pods, by nodes and then by the first name of each.
    static List<Cohort> of(List<Placement> placements) {
        var numbers = new IdentityHashMap<Map<ObjectName, Tally>, Integer>();
        var cohorts = placements.stream()
                .sorted(Comparator.comparing(Placement::pod))
                .collect(groupingBy(each -> common(each, numbers)));
        return cohorts.values().stream()
                .map(its -> new Cohort(
                        its.getFirst(), its.stream().map(Placement::pod).toList()))
                .sorted(BY_NODE)
                .toList();
    }

    private static Common common(Placement placement, Map<Map<ObjectName, Tally>, Integer> numbers) {
        return new Common(
                placement.node(),
                placement.pod().namespace(),
                placement.mode(),
                placement.attachment(),
                placement.ports(),
                placement.leg(),
                numbers.computeIfAbsent(placement.services(), _ -> numbers.size()));
    }

    /// The node's name; empty while the Pods are not scheduled.
    String node() {
        return first.node() == null ? "" : first.node().value();
    }

    String namespace() {
        return first.pod().namespace();
    }

    int size() {
        return pods.size();
    }

    /// Those of them that are asked for, which may be none.
    Cohort only(Predicate<ObjectName> asked) {
        return new Cohort(first, pods.stream().filter(asked).toList());
    }

    /// Each by itself.
    List<Cohort> singles() {
        return pods.stream().map(pod -> new Cohort(first, List.of(pod))).toList();
    }

    /// How many Pods some cohorts have.
    static int size(List<Cohort> cohorts) {
        return cohorts.stream().mapToInt(Cohort::size).sum();
    }
}
