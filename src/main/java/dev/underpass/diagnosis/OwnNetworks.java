package dev.underpass.diagnosis;

import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The networks that a Pod's devices are in, each address with what it is to the Pod: the first one of its subnet,
/// the broadcast address, and the gateway. Prefix lengths stay as they are, for a wrong one is a difference.
///
/// The gateway of an address that a pool gave is the pool's, so that a route by another one is a difference too. Only
/// where no pool tells, it is what the Pod's default route names.
final class OwnNetworks {

    private static final String LINK_LOCAL = "fe80:";

    private final Analysis analysis;
    private final Map<String, String> roles = new LinkedHashMap<>();

    private OwnNetworks(Analysis analysis) {
        this.analysis = analysis;
    }

    static Map<String, String> of(Analysis analysis, ObjectName pod, NetworkState state) {
        var networks = new OwnNetworks(analysis);
        var allocations = analysis.snapshot().spiderpool().endpoints().stream()
                .filter(endpoint -> endpoint.pod().equals(pod))
                .flatMap(endpoint -> endpoint.allocations().stream())
                .toList();
        allocations.forEach(networks::gateways);
        for (var address : Objects.requireNonNullElse(state.addresses(), List.<InterfaceAddress>of())) {
            networks.subnet(address);
            if (allocations.stream().noneMatch(each -> each.device().equals(address.device()))) {
                networks.defaultGateway(address, state);
            }
        }
        return networks.roles;
    }

    private void gateways(Allocation allocation) {
        Stream.of(
                        Optional.ofNullable(allocation.ipv4Gateway()),
                        Optional.ofNullable(allocation.ipv6Gateway()),
                        pool(allocation.ipv4Pool()),
                        pool(allocation.ipv6Pool()))
                .flatMap(Optional::stream)
                .forEach(gateway -> gateway(gateway, allocation.device()));
    }

    private Optional<IpAddress> pool(@Nullable String name) {
        return analysis.snapshot().spiderpool().ipPools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .map(IpPool::gateway);
    }

    private void gateway(IpAddress address, DeviceName device) {
        roles.putIfAbsent(address.toString(), "GATEWAY-" + device);
    }

    private void subnet(InterfaceAddress address) {
        var subnet = address.subnet();
        boolean many = subnet.length() < address.family().bits();
        if (many && !subnet.network().toString().startsWith(LINK_LOCAL) && !isLoopback(subnet)) {
            roles.putIfAbsent(subnet.network().toString(), "SUBNET-" + address.device());
            if (address.family() == Family.IPV4) {
                roles.putIfAbsent(broadcast(subnet).toString(), "BROADCAST-" + address.device());
            }
        }
    }

    private static boolean isLoopback(IpPrefix subnet) {
        return subnet.network().toString().startsWith("127.");
    }

    /// IPv4 addresses fill the upper half of the upper bits.
    private static IpAddress broadcast(IpPrefix subnet) {
        long free = (1L << (Family.IPV4.bits() - subnet.length())) - 1;
        return new IpAddress(Family.IPV4, subnet.network().high() | free << Integer.SIZE, 0);
    }

    private void defaultGateway(InterfaceAddress address, NetworkState state) {
        var routes = address.family() == Family.IPV4 ? state.routes() : state.routes6();
        Objects.requireNonNullElse(routes, List.<Route>of()).stream()
                .filter(Route::isDefault)
                .flatMap(route -> route.nextHops().stream())
                .filter(hop -> address.device().equals(hop.device()) && hop.gateway() != null)
                .map(hop -> Objects.requireNonNull(hop.gateway()))
                .filter(address.subnet()::contains)
                .forEach(gateway -> gateway(gateway, address.device()));
    }
}
