package dev.underpass.console.web;

import static java.util.stream.Collectors.groupingBy;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.PodSummary;
import dev.underpass.console.view.RouteLines;
import dev.underpass.diagnosis.Finding;
import dev.underpass.diagnosis.Outcome;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.Verdict;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the tabs of a Pod show, but for its routes.
final class PodTabs {

    private PodTabs() {}

    /// The first tab.
    record Summary(List<Finding> findings) {}

    static Summary summary(ClusterView cluster, PodSummary pod) {
        return new Summary(cluster.findings().stream()
                .filter(finding -> finding.affected().pods().contains(pod.name()))
                .toList());
    }

    /// The Services tab, one page of it: verdicts that have the same reason stand together, the worst first.
    record Services(List<Group> groups, Paging<Pair> pairs) {}

    /// Services with the same verdict.
    ///
    /// @param verdicts those of this page, of the Pod's own connections
    /// @param all how many there are on all pages
    record Group(Verdict example, List<Verdict> verdicts, long all) {}

    static Services services(ClusterView cluster, PodSummary pod, int page) {
        var all = cluster.pairs(pod.name()).stream()
                .collect(groupingBy(Pair::outcome, LinkedHashMap::new, Collectors.toList()));
        var worstFirst = all.values().stream()
                .sorted((a, b) -> Pair.WORST_FIRST.compare(a.getFirst(), b.getFirst()))
                .flatMap(List::stream)
                .toList();
        var pairs = Paging.of(worstFirst, page);
        var groups = pairs.items().stream()
                .map(cluster::verdict)
                .collect(groupingBy(PodTabs::outcome, LinkedHashMap::new, Collectors.toList()));
        return new Services(
                groups.entrySet().stream()
                        .map(same -> new Group(
                                same.getValue().getFirst(),
                                same.getValue(),
                                all.getOrDefault(same.getKey(), List.of()).size()))
                        .toList(),
                pairs);
    }

    private static Outcome outcome(Verdict verdict) {
        return new Outcome(verdict.disposition(), verdict.code());
    }

    /// The interfaces tab.
    ///
    /// @param devices null when they were not reported
    record Interfaces(@Nullable List<Device> devices) {}

    /// One device with all that was read of it.
    record Device(Link link, String role, List<InterfaceAddress> addresses, List<Neighbour> neighbours) {}

    static Interfaces interfaces(ClusterView cluster, PodSummary pod) {
        var state = RouteLines.state(cluster, pod);
        if (state.links() == null) {
            return new Interfaces(null);
        }
        var addresses = state.addresses() == null ? List.<InterfaceAddress>of() : state.addresses();
        var neighbours = state.neighbours() == null ? List.<Neighbour>of() : state.neighbours();
        return new Interfaces(state.links().stream()
                .map(link -> new Device(
                        link,
                        role(pod, link),
                        addresses.stream()
                                .filter(each -> each.device().equals(link.name()))
                                .toList(),
                        neighbours.stream()
                                .filter(each -> each.device().equals(link.name()))
                                .toList()))
                .toList());
    }

    private static String role(PodSummary pod, Link link) {
        return pod.analysis().network().nics().stream()
                .filter(nic -> nic.device().equals(link.name()))
                .findFirst()
                .map(nic -> nic.role().name())
                .orElse("OTHER");
    }
}
