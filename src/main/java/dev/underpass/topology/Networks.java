package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The networks of a cluster. A NIC is in the network of its first address; IPv4 comes before IPv6.
final class Networks {

    static final String UNKNOWN = "unknown";
    static final String OVERLAY = "overlay";

    private final Map<String, List<IpPool>> pools;
    private final Map<ObjectName, List<Allocation>> allocations = new HashMap<>();
    private final List<Network> overlays;
    private final List<IpPrefix> overlayPrefixes = new ArrayList<>();

    Networks(ClusterSnapshot snapshot) {
        var spiderpool = snapshot.spiderpool();
        pools = spiderpool.ipPools().stream()
                .collect(groupingBy(pool -> id(pool.subnet(), pool.vlan()), TreeMap::new, toList()));
        for (Endpoint endpoint : spiderpool.endpoints()) {
            allocations.computeIfAbsent(endpoint.pod(), _ -> new ArrayList<>()).addAll(endpoint.allocations());
        }
        overlays = overlays(snapshot);
    }

    private static String id(IpPrefix prefix, @Nullable Integer vlan) {
        return vlan == null || vlan == 0 ? prefix.toString() : prefix + "@" + vlan;
    }

    private List<Network> overlays(ClusterSnapshot snapshot) {
        var named = new TreeMap<String, Set<String>>();
        var cni = snapshot.cni();
        cni.calicoPools().forEach(pool -> overlay(named, pool.cidr(), pool.name()));
        cni.ciliumPools().forEach(pool -> pool.cidrs().forEach(cidr -> overlay(named, cidr, pool.name())));
        snapshot.spiderpool()
                .coordinators()
                .forEach(each -> Stream.ofNullable(each.overlayPodCidrs())
                        .flatMap(List::stream)
                        .forEach(cidr -> overlay(named, cidr, "")));
        return named.entrySet().stream()
                .map(entry ->
                        new Network(entry.getKey(), Network.Kind.OVERLAY, List.of(), List.copyOf(entry.getValue())))
                .toList();
    }

    private void overlay(Map<String, Set<String>> named, IpPrefix cidr, String pool) {
        overlayPrefixes.add(cidr);
        var names = named.computeIfAbsent(cidr.toString(), _ -> new TreeSet<>());
        if (!pool.isEmpty()) {
            names.add(pool);
        }
    }

    /// The networks that some resource names, whether a Pod is in them or not. Where there are IPv4 ones, an IPv6 one
    /// without Pods most likely is the other family of one of them: it says nothing by itself.
    Stream<Network> declared() {
        return Stream.concat(
                firstFamily(pools.keySet().stream().map(this::underlay).toList()), firstFamily(overlays));
    }

    private static Stream<Network> firstFamily(List<Network> networks) {
        var ipv4 = networks.stream().filter(each -> !each.id().contains(":")).toList();
        return (ipv4.isEmpty() ? networks : ipv4).stream();
    }

    /// The underlay network of a NIC.
    ///
    /// @param observed the addresses of the Pod's devices, as reported
    Network underlay(ObjectName pod, Nic nic, List<InterfaceAddress> observed) {
        var address = first(nic.addresses());
        if (address == null) {
            return underlay(UNKNOWN);
        }
        var subnet = observed.stream()
                .filter(each ->
                        each.device().equals(nic.device()) && each.local().equals(address))
                .map(InterfaceAddress::subnet)
                .findFirst()
                .orElseGet(() -> new IpPrefix(address, address.family().bits()));
        return underlay(id(subnet, vlan(pod, nic.device(), subnet)));
    }

    /// The VLAN that the allocation names, else the one that all pools of the subnet agree on.
    private @Nullable Integer vlan(ObjectName pod, DeviceName device, IpPrefix subnet) {
        var allocated = allocations.getOrDefault(pod, List.of()).stream()
                .filter(each -> each.device().equals(device))
                .map(Allocation::vlan)
                .filter(Objects::nonNull)
                .findFirst();
        if (allocated.isPresent()) {
            return allocated.get();
        }
        var declared = pools.values().stream()
                .flatMap(List::stream)
                .filter(pool -> pool.subnet().equals(subnet))
                .map(pool -> Objects.requireNonNullElse(pool.vlan(), 0))
                .distinct()
                .toList();
        return declared.size() == 1 ? declared.getFirst() : null;
    }

    private Network underlay(String id) {
        var its = pools.getOrDefault(id, List.of());
        return new Network(
                id,
                Network.Kind.UNDERLAY,
                texts(its, pool -> pool.gateway() == null ? "" : pool.gateway().toString()),
                texts(its, IpPool::name));
    }

    private static List<String> texts(List<IpPool> pools, Function<IpPool, String> text) {
        return pools.stream()
                .map(text)
                .filter(each -> !each.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /// The overlay that the NIC's address is of.
    Network overlay(Nic nic) {
        var address = first(nic.addresses());
        var prefix = address == null
                ? null
                : overlayPrefixes.stream()
                        .filter(each -> each.contains(address))
                        .max((a, b) -> Integer.compare(a.length(), b.length()))
                        .orElse(null);
        return overlays.stream()
                .filter(each -> prefix != null && each.id().equals(prefix.toString()))
                .findFirst()
                .orElseGet(() -> new Network(OVERLAY, Network.Kind.OVERLAY, List.of(), List.of()));
    }

    private static @Nullable IpAddress first(List<IpAddress> addresses) {
        return addresses.stream()
                .filter(address -> address.family() == IpAddress.Family.IPV4)
                .findFirst()
                .or(() -> addresses.stream().findFirst())
                .orElse(null);
    }
}
