package dev.underpass.console.analysis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.report.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who else answers for an address on the underlay: whoever asked for it keeps what was told as its neighbour.
public final class OtherMacs {

    private static final int MOST = 5;

    /// An entry that was `REACHABLE` when it was read was confirmed up to 45 seconds before, and how long ago that is
    /// is
    /// read of a Pod every six minutes, or more seldom where its agent is told so; an address may have been another
    /// Pod's then, and clocks differ.
    private static final Duration SETTLED = Duration.ofMinutes(15);

    private OtherMacs() {}

    /// What one namespace keeps.
    ///
    /// @param where the node, or the Pod, and its device
    public record Heard(MacAddress mac, String where, String state) {

        /// Whether it was confirmed when it was last read; else it may be of whoever had the address before.
        public boolean confirmed() {
            return isConfirmed(state);
        }
    }

    private static boolean isConfirmed(String state) {
        return state.equals("REACHABLE");
    }

    /// A namespace that reports.
    ///
    /// @param pod absent where its name is not known, and of a node
    private record Place(
            String name, boolean isPod, @Nullable ObjectName pod, NetworkState state, Instant at) {

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

    private static Stream<Place> places(ClusterSnapshot now) {
        return now.reports().values().stream().flatMap(OtherMacs::places);
    }

    /// Those addresses that another answers for, or answered once, with some of the places that heard it.
    static Map<IpAddress, List<Heard>> of(ClusterSnapshot now) {
        var claims = claims(now, (_, _) -> true);
        var others = new HashMap<IpAddress, List<Heard>>();
        places(now).forEach(place -> add(place, claims, others));
        return Map.copyOf(others);
    }

    /// Those addresses that another answers for beside those who are known to have them: it was confirmed when these
    /// had it already.
    static Set<IpAddress> disputed(ClusterSnapshot now) {
        var since = since(now);
        var claims = claims(
                now,
                (place, heard) -> isConfirmed(heard.state())
                        && !place.at().isBefore(since.getOrDefault(heard.address(), Instant.MIN)));
        claims.values().removeIf(claim -> claim.own().isEmpty());
        return Set.copyOf(claims.keySet());
    }

    /// When the youngest of the Pods that have an address had it for certain; never where nobody knows its age.
    private static Map<IpAddress, Instant> since(ClusterSnapshot now) {
        var made = new HashMap<ObjectName, Instant>();
        for (var pod : now.pods()) {
            if (pod.createdAt() != null) {
                made.put(pod.name(), pod.createdAt());
            }
        }
        var since = new HashMap<IpAddress, Instant>();
        places(now).forEach(place -> {
            if (place.isPod()) {
                var at = place.pod() == null ? null : made.get(place.pod());
                var settled = at == null ? Instant.MAX : at.plus(SETTLED);
                place.addresses()
                        .forEach(address -> since.merge(address, settled, BinaryOperator.maxBy(Instant::compareTo)));
            }
        });
        return since;
    }

    private static Map<IpAddress, Claim> claims(ClusterSnapshot now, BiPredicate<Place, Neighbour> counts) {
        var claims = new HashMap<IpAddress, Claim>();
        places(now)
                .forEach(place -> place.heard()
                        .filter(heard -> counts.test(place, heard))
                        .forEach(heard -> claims.computeIfAbsent(
                                        heard.address(), _ -> new Claim(new HashSet<>(), new HashSet<>()))
                                .heard()
                                .add(Objects.requireNonNull(heard.lladdr()))));
        places(now)
                .forEach(place -> place.addresses()
                        .flatMap(address -> Stream.ofNullable(claims.get(address)))
                        .forEach(claim -> place.own().forEach(claim.own()::add)));
        claims.values().removeIf(claim -> claim.others().isEmpty());
        return claims;
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
                Stream.of(new Place(
                        report.node(), false, null, report.host().namespace().network(), report.collectedAt())),
                report.pods().stream()
                        .map(pod -> new Place(
                                pod.namespace() + "/" + pod.name(),
                                true,
                                pod.name().isEmpty() ? null : new ObjectName(pod.namespace(), pod.name()),
                                pod.network().network(),
                                report.collectedAt())));
    }
}
