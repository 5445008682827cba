package dev.underpass.console.analysis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NodeReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who else answers for an address on the underlay: whoever asked for it keeps what was told as its neighbour.
public final class OtherMacs {

    private static final int MOST = 5;

    private OtherMacs() {}

    /// What one namespace keeps.
    ///
    /// @param where the node, or the Pod, and its device
    public record Heard(MacAddress mac, String where, String state) {}

    /// A namespace that reports.
    private record Place(String name, NetworkState state) {

        Stream<IpAddress> addresses() {
            return Objects.requireNonNullElse(state.addresses(), List.<InterfaceAddress>of()).stream()
                    .map(InterfaceAddress::local);
        }

        /// The MAC addresses of its devices: it may answer by each of them for an address that one of them has.
        Stream<MacAddress> own() {
            return Objects.requireNonNullElse(state.links(), List.<Link>of()).stream()
                    .flatMap(link -> Stream.ofNullable(link.address()));
        }

        /// What it was told: a permanent entry was written, and told by nobody.
        Stream<Neighbour> heard() {
            return Objects.requireNonNullElse(state.neighbours(), List.<Neighbour>of()).stream()
                    .filter(each -> each.valid() && !each.state().equals("PERMANENT"));
        }
    }

    /// The MAC addresses that were heard for an address.
    private record Claim(Set<MacAddress> heard, Set<MacAddress> own) {

        /// Those that are not its owner's; where no owner is known, all where there are several.
        Set<MacAddress> others() {
            var others = new HashSet<>(heard);
            others.removeAll(own);
            return own.isEmpty() && heard.size() < 2 ? Set.of() : others;
        }
    }

    /// Those addresses that another answers for, with some of the places that heard it.
    static Map<IpAddress, List<Heard>> of(ClusterSnapshot now) {
        Supplier<Stream<Place>> places = () -> now.reports().values().stream().flatMap(OtherMacs::places);
        var claims = new HashMap<IpAddress, Claim>();
        places.get()
                .flatMap(Place::heard)
                .forEach(
                        each -> claims.computeIfAbsent(each.address(), _ -> new Claim(new HashSet<>(), new HashSet<>()))
                                .heard()
                                .add(Objects.requireNonNull(each.lladdr())));
        places.get()
                .forEach(place -> place.addresses()
                        .flatMap(address -> Stream.ofNullable(claims.get(address)))
                        .forEach(claim -> place.own().forEach(claim.own()::add)));
        claims.values().removeIf(claim -> claim.others().isEmpty());
        var others = new HashMap<IpAddress, List<Heard>>();
        places.get().forEach(place -> add(place, claims, others));
        return Map.copyOf(others);
    }

    private static void add(Place place, Map<IpAddress, Claim> claims, Map<IpAddress, List<Heard>> others) {
        place.heard().forEach(each -> {
            var claim = claims.get(each.address());
            var mac = Objects.requireNonNull(each.lladdr());
            if (claim != null && claim.others().contains(mac)) {
                var heard = others.computeIfAbsent(each.address(), _ -> new ArrayList<>());
                if (heard.size() < MOST) {
                    heard.add(new Heard(mac, place.name() + " " + each.device(), each.state()));
                }
            }
        });
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
