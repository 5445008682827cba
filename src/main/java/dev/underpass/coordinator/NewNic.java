package dev.underpass.coordinator;

import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.NextHop;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import dev.underpass.report.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A NIC that a Pod is to get of a network on the underlay, as its CNI plugin and Spiderpool's IPAM make it before the
/// coordinator runs.
///
/// @param device `eth0` of a Pod that has no other NIC, `net1` or a further one beside the overlay's
/// @param parent the node's device that it hangs on
/// @param only whether the Pod has no other NIC
/// @param addresses at most one of a family
public record NewNic(NetworkAttachment network, DeviceName device, String parent, boolean only, List<Given> addresses) {

    private static final long KERNEL_METRIC = 256;
    private static final long STATIC_METRIC = 1024;

    public NewNic {
        addresses = List.copyOf(addresses);
    }

    /// An address, and the pool that gives its subnet, gateway and routes.
    public record Given(IpAddress address, IpPool pool) {

        Family family() {
            return address.family();
        }
    }

    /// The device itself.
    ///
    /// @param index in the Pod
    Link link(int index, Link onNode) {
        var kind = network.mainPlugin();
        if (!kind.equals("macvlan") && !kind.equals("ipvlan")) {
            throw new Unpredictable(
                    kind.isEmpty()
                            ? Phrases.UNREADABLE_PLUGIN.with(network.name())
                            : Phrases.UNKNOWN_PLUGIN.with(network.name(), kind));
        }
        var mac = kind.equals("ipvlan") && onNode.address() != null ? onNode.address() : drawn();
        return new Link(
                index,
                device,
                kind,
                Set.of("BROADCAST", "MULTICAST", "UP", "LOWER_UP"),
                "UP",
                mac,
                onNode.mtuBytes(),
                onNode.index(),
                null,
                null,
                mode(kind.equals("macvlan") ? "bridge" : "l2"),
                null,
                null,
                "default");
    }

    /// One that stands for any.
    private MacAddress drawn() {
        int lot = addresses.isEmpty() ? 0 : addresses.getFirst().address().hashCode();
        return new MacAddress(
                "0a:02:%02x:%02x:%02x:%02x".formatted(lot >>> 24, (lot >>> 16) & 0xff, (lot >>> 8) & 0xff, lot & 0xff));
    }

    private String mode(String byDefault) {
        try {
            var tree = new JsonText(network.config()).tree();
            var main = tree.get("plugins") instanceof List<?> plugins && !plugins.isEmpty() ? plugins.getFirst() : tree;
            return main instanceof Map<?, ?> plugin && plugin.get("mode") instanceof String mode ? mode : byDefault;
        } catch (IllegalArgumentException _) {
            return byDefault;
        }
    }

    List<InterfaceAddress> interfaceAddresses() {
        return addresses.stream()
                .map(each -> new InterfaceAddress(device, each.address(), around(each), Scope.GLOBAL, Set.of()))
                .toList();
    }

    private static IpPrefix around(Given given) {
        return IpPrefix.around(given.address(), given.pool().subnet().length());
    }

    /// Its routes of one family: the gateway's first, for plugins add theirs in front of others.
    List<Route> routes(Family family) {
        var routes = new ArrayList<Route>();
        for (var given : addresses) {
            if (given.family() == family) {
                var gateway = given.pool().gateway();
                if (gateway != null) {
                    var everything = IpPrefix.parse(family == Family.IPV4 ? "0.0.0.0/0" : "::/0");
                    routes.add(via(everything, gateway));
                }
                given.pool().routes().forEach(each -> routes.add(via(each.destination(), each.gateway())));
                routes.addAll(family == Family.IPV4 ? kernels4(given) : kernels6(given));
            }
        }
        return routes;
    }

    private Route via(IpPrefix to, IpAddress gateway) {
        boolean six = gateway.family() == Family.IPV6;
        return route(
                Route.Type.UNICAST, to, TableId.MAIN, gateway, Scope.GLOBAL, null, six ? STATIC_METRIC : 0, "boot");
    }

    private List<Route> kernels4(Given given) {
        var own = given.address();
        var subnet = around(given);
        var routes = new ArrayList<Route>();
        routes.add(route(Route.Type.UNICAST, subnet, TableId.MAIN, null, Scope.LINK, own, 0, "kernel"));
        routes.add(route(Route.Type.LOCAL, host(own), TableId.LOCAL, null, Scope.HOST, own, 0, "kernel"));
        if (subnet.length() <= Family.IPV4.bits() - 2) {
            long free = (1L << (Family.IPV4.bits() - subnet.length())) - 1;
            var last = new IpAddress(Family.IPV4, subnet.network().high() | free << Integer.SIZE, 0);
            routes.add(route(Route.Type.BROADCAST, host(last), TableId.LOCAL, null, Scope.LINK, own, 0, "kernel"));
        }
        return routes;
    }

    private List<Route> kernels6(Given given) {
        return List.of(
                route(
                        Route.Type.UNICAST,
                        around(given),
                        TableId.MAIN,
                        null,
                        Scope.GLOBAL,
                        null,
                        KERNEL_METRIC,
                        "kernel"),
                route(Route.Type.LOCAL, host(given.address()), TableId.LOCAL, null, Scope.GLOBAL, null, 0, "kernel"));
    }

    private static IpPrefix host(IpAddress address) {
        return IpPrefix.around(address, address.family().bits());
    }

    private Route route(
            Route.Type type,
            IpPrefix to,
            TableId table,
            @Nullable IpAddress gateway,
            Scope scope,
            @Nullable IpAddress source,
            long metric,
            String protocol) {
        boolean six = to.network().family() == Family.IPV6;
        var hop = new NextHop(device, gateway, 1, Set.of());
        return new Route(type, to, table, List.of(hop), scope, source, metric, 0, protocol, six ? "medium" : "");
    }
}
