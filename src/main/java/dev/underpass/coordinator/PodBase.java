package dev.underpass.coordinator;

import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.PolicyRule.Action;
import dev.underpass.net.PolicyRule.Selector;
import dev.underpass.net.Route;
import dev.underpass.net.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Pod's namespace as its CNI plugins left it, before the coordinator ran: read back from what was reported of it.
///
/// @param nics the overlay's NIC first, then those on the underlay by their index
record PodBase(List<Nic> nics, List<Link> links, List<InterfaceAddress> addresses, FamilyLines ipv4, FamilyLines ipv6) {

    private static final DeviceName LOOPBACK = new DeviceName("lo");
    private static final List<PolicyRule> RULES =
            List.of(builtIn(0, "local"), builtIn(32766, "main"), builtIn(32767, "default"));

    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    PodBase {
        nics = List.copyOf(nics);
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
    }

    private static PolicyRule builtIn(long priority, String table) {
        return new PolicyRule(priority, Selector.ALL, new Action.Lookup(new TableId(table), -1, null));
    }

    /// Takes away what the coordinator wrote.
    ///
    /// @param nodeAddresses what it takes for the node's addresses
    static PodBase of(PodNetwork network, NetworkState state, List<IpAddress> nodeAddresses) {
        if (state.links() == null || state.addresses() == null || state.routes() == null || state.routes6() == null) {
            throw new Unpredictable(Phrases.NOT_ALL_REPORTED.with());
        }
        var leg = network.nodeLeg();
        var reader = new Reader(nics(network, state), leg, nodeAddresses);
        reader.check(network, state);
        return new PodBase(
                reader.nics,
                state.links().stream().filter(link -> !link.name().equals(leg)).toList(),
                state.addresses().stream()
                        .filter(address -> !address.device().equals(leg) || isOfItself(address))
                        .toList(),
                new FamilyLines(Family.IPV4, RULES, reader.routes(state.routes())),
                new FamilyLines(Family.IPV6, RULES.subList(0, 2), reader.routes(state.routes6())));
    }

    /// The kernel gives every device one of these, and their routes; they stay for as long as the device.
    private static boolean isOfItself(InterfaceAddress address) {
        return LINK_LOCAL.contains(address.local());
    }

    private static List<Nic> nics(PodNetwork network, NetworkState state) {
        return network.nics().stream()
                .filter(nic -> nic.role() == Role.OVERLAY || nic.role() == Role.UNDERLAY)
                .sorted(Comparator.comparing((Nic nic) -> nic.role() == Role.UNDERLAY)
                        .thenComparing(nic ->
                                Drift.link(state, nic.device()).map(Link::index).orElse(0)))
                .toList();
    }

    List<FamilyLines> families() {
        return Stream.of(ipv4, ipv6)
                .filter(lines -> nics.getFirst().address(lines.family()).isPresent())
                .toList();
    }

    /// Sorts the coordinator's routes from others.
    private record Reader(List<Nic> nics, @Nullable DeviceName leg, List<IpAddress> nodeAddresses) {

        void check(PodNetwork network, NetworkState state) {
            if (nics.isEmpty()) {
                throw new Unpredictable(Phrases.NO_NIC_REPORTED.with());
            }
            for (var nic : nics) {
                if (Drift.link(state, nic.device()).filter(Link::running).isEmpty()) {
                    throw new Unpredictable(Phrases.NIC_DOWN.with(nic.device()));
                }
            }
            if (network.nics().stream().anyMatch(nic -> nic.role() == Role.OTHER)) {
                throw new Unpredictable(Phrases.STRANGE_DEVICE.with());
            }
        }

        List<Route> routes(List<Route> reported) {
            var routes = new ArrayList<Route>();
            reported.stream()
                    .filter(route -> ofNic(route) || route.uses(LOOPBACK) || ofLeg(route))
                    .filter(this::isKernels)
                    .forEach(routes::add);
            others(reported).values().forEach(routes::add);
            return routes;
        }

        private boolean isKernels(Route route) {
            return route.table().equals(TableId.LOCAL)
                    || (route.table().equals(TableId.MAIN) && route.protocol().equals("kernel"));
        }

        private boolean ofLeg(Route route) {
            return leg != null && route.uses(leg) && route.family() == Family.IPV6;
        }

        private boolean ofNic(Route route) {
            return nics.stream().anyMatch(nic -> route.uses(nic.device()));
        }

        /// What is neither the kernel's nor the coordinator's, each once, in table main; the last NIC's first, because
        /// the plugins add their routes in front of others.
        private Map<String, Route> others(List<Route> reported) {
            var found = new LinkedHashMap<String, Route>();
            for (var nic : nics.reversed()) {
                for (var route : reported) {
                    if (route.uses(nic.device()) && !isKernels(route) && !isCoordinators(route, reported)) {
                        var inMain = inMain(route);
                        found.putIfAbsent(inMain.toString(), inMain);
                    }
                }
            }
            return found;
        }

        private static Route inMain(Route route) {
            if (route.nextHops().size() > 1) {
                throw new Unpredictable(Phrases.SEVERAL_NEXT_HOPS.with(route));
            }
            return route.in(TableId.MAIN);
        }

        /// Routes to and by the node, and copies of the subnets' routes.
        private boolean isCoordinators(Route route, List<Route> reported) {
            var gateway = route.nextHops().getFirst().gateway();
            boolean host = route.destination().length() == route.family().bits();
            boolean toNode = host && nodeAddresses.contains(route.destination().network());
            boolean byNode = gateway != null && nodeAddresses.contains(gateway);
            boolean copy = gateway == null
                    && !route.table().equals(TableId.MAIN)
                    && reported.stream()
                            .anyMatch(each -> isKernels(each)
                                    && each.table().equals(TableId.MAIN)
                                    && each.destination().equals(route.destination()));
            return toNode || byNode || copy;
        }
    }
}
