package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NodeReport;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who else answers for an address on the underlay: whoever asked for it keeps what was told as its neighbour.
final class OtherMacs {

    private static final int MOST = 5;

    private OtherMacs() {}

    /// What one namespace keeps.
    ///
    /// @param where the node, or the Pod, and its device
    record Heard(MacAddress mac, String where, String state) {}

    /// A namespace that reports.
    private record Place(String name, NetworkState state) {

        /// The MAC addresses of its devices, if one of them has the address: it may answer by each of them.
        Stream<MacAddress> own(IpAddress address) {
            boolean has = Objects.requireNonNullElse(state.addresses(), List.<InterfaceAddress>of()).stream()
                    .anyMatch(each -> each.local().equals(address));
            return has
                    ? Objects.requireNonNullElse(state.links(), List.<Link>of()).stream()
                            .flatMap(link -> Stream.ofNullable(link.address()))
                    : Stream.empty();
        }

        /// What it was told: a permanent entry was written, and told by nobody.
        Stream<Heard> heard(IpAddress address) {
            return Objects.requireNonNullElse(state.neighbours(), List.<Neighbour>of()).stream()
                    .filter(each -> each.address().equals(address) && each.valid())
                    .filter(each -> !each.state().equals("PERMANENT"))
                    .map(each ->
                            new Heard(Objects.requireNonNull(each.lladdr()), name + " " + each.device(), each.state()));
        }
    }

    /// Those that are not its owner's; where no owner is known, all where there are several.
    static List<Heard> of(ClusterSnapshot now, IpAddress address) {
        var places = now.reports().values().stream().flatMap(OtherMacs::places).toList();
        var own = places.stream().flatMap(place -> place.own(address)).collect(Collectors.toSet());
        var heard = places.stream().flatMap(place -> place.heard(address)).toList();
        boolean several = heard.stream().map(Heard::mac).distinct().count() > 1;
        return own.isEmpty() && !several ? List.of() : others(heard, own);
    }

    private static List<Heard> others(List<Heard> heard, Set<MacAddress> own) {
        return heard.stream()
                .filter(each -> !own.contains(each.mac()))
                .limit(MOST)
                .toList();
    }

    private static Stream<Place> places(NodeReport report) {
        return Stream.concat(
                Stream.of(new Place(report.node(), report.host().namespace().network())),
                report.pods().stream()
                        .map(pod -> new Place(
                                pod.namespace() + "/" + pod.name(),
                                pod.network().network())));
    }
}
