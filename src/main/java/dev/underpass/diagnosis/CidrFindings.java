package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Coordinator;
import dev.underpass.coordinator.CidrDiscovery;
import dev.underpass.coordinator.CidrDiscovery.Range;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.diagnosis.Findings.Plain;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Holds the ranges that Spiderpool found against the addresses that there are.
final class CidrFindings {

    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    private CidrFindings() {}

    /// U04, when a ClusterIP or an overlay Pod has an address outside of what the first SpiderCoordinator's status
    /// tells.
    static Optional<Plain> of(Analysis analysis) {
        var snapshot = analysis.snapshot();
        var coordinator = snapshot.spiderpool().coordinators().stream().findFirst();
        return coordinator.flatMap(each -> found(analysis, snapshot, each));
    }

    private static Optional<Plain> found(Analysis analysis, ClusterSnapshot snapshot, Coordinator coordinator) {
        var lines = new ArrayList<String>();
        var type = Objects.requireNonNullElse(coordinator.settings().podCidrType(), "auto");
        var discovered = CidrDiscovery.of(snapshot, type);
        var services = services(snapshot, coordinator, lines);
        if (!services.isEmpty()) {
            discovered.services().stream().map(Range::toString).forEach(lines::add);
        }
        var pods = type.equals("none") || nothing(coordinator)
                ? List.<ObjectName>of()
                : pods(analysis, coordinator, lines);
        if (!pods.isEmpty()) {
            discovered.overlayPods().stream().map(Range::toString).forEach(lines::add);
        }
        return services.isEmpty() && pods.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plain(Code.U04, lines, pods, services, List.of()));
    }

    /// A status without any range is the business of U03.
    private static List<ObjectName> services(ClusterSnapshot snapshot, Coordinator coordinator, List<String> lines) {
        var ranges = coordinator.serviceCidrs();
        var outside = new ArrayList<ObjectName>();
        for (var service : snapshot.services()) {
            for (var address : service.clusterIps()) {
                if (ranges != null && !ranges.isEmpty() && !contained(coordinator, ranges, address)) {
                    outside.add(service.name());
                    lines.add("Service %s has %s; SpiderCoordinator %s status.serviceCIDR: %s"
                            .formatted(service.name(), address, coordinator.name(), ranges));
                }
            }
        }
        return outside.stream().distinct().toList();
    }

    private static List<ObjectName> pods(Analysis analysis, Coordinator coordinator, List<String> lines) {
        var ranges = coordinator.overlayPodCidrs();
        var outside = new ArrayList<ObjectName>();
        for (var pod : analysis.pods()) {
            var addresses = pod.network().nics(Role.OVERLAY).stream()
                    .map(Nic::addresses)
                    .flatMap(List::stream)
                    .filter(address -> !LINK_LOCAL.contains(address))
                    .toList();
            for (var address : addresses) {
                if (ranges != null && !contained(coordinator, ranges, address)) {
                    outside.add(pod.pod().name());
                    lines.add("Pod %s has %s; SpiderCoordinator %s status.overlayPodCIDR: %s"
                            .formatted(pod.pod().name(), address, coordinator.name(), ranges));
                }
            }
        }
        return outside.stream().distinct().toList();
    }

    /// Nothing at all was detected, or asked for: U03 and U11 tell of that.
    private static boolean nothing(Coordinator coordinator) {
        return coordinator.serviceCidrs() != null && coordinator.serviceCidrs().isEmpty();
    }

    /// What hijackCIDR names is routed as well, so it counts.
    private static boolean contained(Coordinator coordinator, List<IpPrefix> ranges, IpAddress address) {
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
