package dev.underpass.reachability;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Fabric;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NextHop;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The router of the network outside, as far as it is known or assumed.
///
/// It has the gateways of the SpiderIPPools and the nodes' own; it routes between their subnets and knows nothing of
/// Service and overlay ranges.
final class Router {

    private final Map<IpAddress, IpPrefix> legs = new HashMap<>();
    private final Set<IpPrefix> subnets = new HashSet<>();
    private final Set<IpPrefix> serviceCidrs = new HashSet<>();
    private final Set<IpPrefix> overlayCidrs = new HashSet<>();
    private final Map<MacAddress, Long> seen;
    private final Map<IpAddress, MacAddress> given = new HashMap<>();

    Router(ClusterSnapshot snapshot, List<Host> hosts, Predicate<IpAddress> known) {
        readPools(snapshot);
        hosts.stream().filter(Host::isNode).forEach(node -> readNode(snapshot, node));
        readRanges(snapshot);
        subnets.removeIf(subnet -> overlayCidrs.stream().anyMatch(cidr -> cidr.contains(subnet)));
        legs.entrySet().removeIf(leg -> overlayCidrs.stream().anyMatch(cidr -> cidr.contains(leg.getKey())));
        snapshot.fabric().gateways().forEach(this::readGateway);
        this.seen = sightings(hosts, known, this::isOnWire).stream()
                .collect(groupingBy(entry -> Objects.requireNonNull(entry.lladdr()), counting()));
    }

    /// The cached link-layer addresses of what is neither a node nor a Pod: mostly the router's.
    private static List<Neighbour> sightings(
            List<Host> hosts, Predicate<IpAddress> known, Predicate<IpAddress> onWire) {
        return hosts.stream()
                .map(host -> host.report().network().neighbours())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(entry -> entry.valid() && !known.test(entry.address()) && onWire.test(entry.address()))
                .toList();
    }

    private void readPools(ClusterSnapshot snapshot) {
        for (var pool : snapshot.spiderpool().ipPools()) {
            subnets.add(pool.subnet());
            if (pool.gateway() != null && !isNodes(snapshot, pool.gateway())) {
                legs.put(pool.gateway(), pool.subnet());
            }
        }
    }

    /// A node that is made a gateway routes as its own tables say.
    private static boolean isNodes(ClusterSnapshot snapshot, IpAddress address) {
        return snapshot.nodes().stream().anyMatch(node -> node.addresses().contains(address));
    }

    private void readGateway(Fabric.Gateway gateway) {
        legs.putIfAbsent(gateway.address(), subnetOf(gateway.address()).orElse(hostPrefix(gateway.address())));
        if (gateway.mac() != null) {
            given.put(gateway.address(), gateway.mac());
        }
    }

    private static IpPrefix hostPrefix(IpAddress address) {
        return IpPrefix.around(address, address.family().bits());
    }

    /// The node's addresses, as the API has them, name subnets; its default routes name gateways.
    private void readNode(ClusterSnapshot snapshot, Host node) {
        var addresses = node.report().network().addresses();
        if (addresses == null) {
            return;
        }
        addresses.stream()
                .filter(Router::isOnWire)
                .filter(address -> isNodeAddress(snapshot, node, address.local()))
                .map(InterfaceAddress::subnet)
                .forEach(subnets::add);
        defaultRoutes(node.report().network().routes()).forEach(this::addGateway);
        defaultRoutes(node.report().network().routes6()).forEach(this::addGateway);
    }

    /// An address that somebody added to the node is not known outside; without a Node to ask, all are.
    private static boolean isNodeAddress(ClusterSnapshot snapshot, Host node, IpAddress address) {
        return snapshot.nodes().stream()
                .filter(each ->
                        each.name().equals(node.node()) && !each.addresses().isEmpty())
                .findFirst()
                .map(each -> each.addresses().contains(address))
                .orElse(true);
    }

    private static boolean isOnWire(InterfaceAddress address) {
        return address.subnet().length() < address.family().bits()
                && !IpPrefix.parse("127.0.0.0/8").contains(address.local())
                && !IpPrefix.parse("169.254.0.0/16").contains(address.local())
                && !IpPrefix.parse("fe80::/10").contains(address.local());
    }

    private static List<IpAddress> defaultRoutes(@Nullable List<Route> routes) {
        return routes == null
                ? List.of()
                : routes.stream()
                        .filter(Route::isDefault)
                        .flatMap(route -> route.nextHops().stream())
                        .map(NextHop::gateway)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private void addGateway(IpAddress gateway) {
        subnetOf(gateway).ifPresent(subnet -> legs.putIfAbsent(gateway, subnet));
    }

    private void readRanges(ClusterSnapshot snapshot) {
        for (var coordinator : snapshot.spiderpool().coordinators()) {
            Optional.ofNullable(coordinator.serviceCidrs()).ifPresent(serviceCidrs::addAll);
            Optional.ofNullable(coordinator.overlayPodCidrs()).ifPresent(overlayCidrs::addAll);
        }
        snapshot.cni().serviceCidrs().forEach(range -> serviceCidrs.addAll(range.cidrs()));
        snapshot.cni().calicoPools().forEach(pool -> overlayCidrs.add(pool.cidr()));
        snapshot.nodes().forEach(node -> overlayCidrs.addAll(node.podCidrs()));
    }

    Set<IpPrefix> serviceCidrs() {
        return serviceCidrs;
    }

    Set<IpPrefix> subnets() {
        return subnets;
    }

    Set<IpPrefix> overlayCidrs() {
        return overlayCidrs;
    }

    boolean has(IpAddress address) {
        return legs.containsKey(address);
    }

    Optional<IpPrefix> subnetOf(IpAddress address) {
        return subnets.stream().filter(subnet -> subnet.contains(address)).findFirst();
    }

    private boolean isOnWire(IpAddress address) {
        return subnetOf(address).isPresent();
    }

    /// The router's own address in the subnet of another one.
    Optional<IpAddress> legTowards(IpAddress address) {
        return legs.entrySet().stream()
                .filter(leg -> leg.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Whether a frame to that link-layer address reaches the router: nobody has seen another address more often.
    ///
    /// @throws NotObservedException if two addresses were seen equally often
    boolean owns(MacAddress mac) {
        if (!given.isEmpty()) {
            return given.containsValue(mac);
        }
        long here = seen.getOrDefault(mac, 0L);
        long elsewhere = seen.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(mac))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
        if (here == elsewhere && here > 0) {
            throw new NotObservedException(Phrases.GATEWAY_MAC.with(seen.keySet()));
        }
        return here > elsewhere;
    }
}
