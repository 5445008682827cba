package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.coordinator.CidrDiscovery;
import dev.underpass.coordinator.CidrDiscovery.Range;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.diagnosis.Findings.Plain;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the ranges that Spiderpool found against the addresses that there are.
final class CidrFindings {

    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    private final Coordinator coordinator;
    private final List<Sentence> lines = new ArrayList<>();

    private CidrFindings(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /// U04, when a ClusterIP or an overlay Pod has an address outside of what the first SpiderCoordinator's status
    /// tells.
    static Optional<Plain> of(Analysis analysis) {
        return analysis.snapshot().spiderpool().coordinators().stream()
                .findFirst()
                .flatMap(coordinator -> new CidrFindings(coordinator).found(analysis));
    }

    /// A status without any range is the business of U03 and U11.
    private Optional<Plain> found(Analysis analysis) {
        var ranges = coordinator.serviceCidrs();
        boolean nothing = ranges != null && ranges.isEmpty();
        var type = Objects.requireNonNullElse(coordinator.settings().podCidrType(), "auto");
        var discovered = CidrDiscovery.of(analysis.snapshot(), type);
        var services = nothing
                ? List.<ObjectName>of()
                : outside("Service", clusterIps(analysis), "serviceCIDR", ranges, discovered.services());
        var pods = nothing || type.equals("none")
                ? List.<ObjectName>of()
                : outside(
                        "Pod",
                        overlayAddresses(analysis),
                        "overlayPodCIDR",
                        coordinator.overlayPodCidrs(),
                        discovered.overlayPods());
        return services.isEmpty() && pods.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plain(Code.U04, lines, pods, services, List.of()));
    }

    private record Owned(ObjectName owner, IpAddress address) {}

    private static List<Owned> clusterIps(Analysis analysis) {
        return analysis.snapshot().services().stream()
                .flatMap(service -> service.clusterIps().stream().map(ip -> new Owned(service.name(), ip)))
                .toList();
    }

    private static List<Owned> overlayAddresses(Analysis analysis) {
        return analysis.pods().stream()
                .flatMap(pod -> pod.network().nics(Role.OVERLAY).stream()
                        .flatMap(nic -> nic.addresses().stream())
                        .filter(address -> !LINK_LOCAL.contains(address))
                        .map(address -> new Owned(pod.pod().name(), address)))
                .toList();
    }

    /// Whose addresses no range has; each gets a line, and what the ranges should be comes after them.
    private List<ObjectName> outside(
            String kind, List<Owned> addresses, String field, @Nullable List<IpPrefix> ranges, List<Range> discovered) {
        if (ranges == null) {
            return List.of();
        }
        var lost = addresses.stream()
                .filter(each -> !contained(ranges, each.address()))
                .toList();
        lost.forEach(each -> lines.add(
                Phrases.OUTSIDE_RANGES.with(kind, each.owner(), each.address(), coordinator.name(), field, ranges)));
        if (!lost.isEmpty()) {
            discovered.stream().map(range -> Sentence.line(range.toString())).forEach(lines::add);
        }
        return lost.stream().map(Owned::owner).distinct().toList();
    }

    /// What hijackCIDR names is routed as well, so it counts.
    private boolean contained(List<IpPrefix> ranges, IpAddress address) {
        var hijacked = coordinator.settings().hijackCidrs();
        return ranges.stream().anyMatch(range -> range.contains(address))
                || (hijacked != null && hijacked.stream().anyMatch(text -> contains(text, address)));
    }

    /// The API accepts any text as hijackCIDR; what is no prefix contains nothing.
    private static boolean contains(String text, IpAddress address) {
        try {
            return IpPrefix.parse(text).contains(address);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
