package dev.underpass.net;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was read of links, addresses, routing and neighbours in one network namespace.
///
/// A null section was not observed; an empty one was observed, and nothing is there.
///
/// @param rules IPv4 rules; `rules6` the IPv6 ones
/// @param routes IPv4 routes of all tables in the kernel's order; `routes6` the IPv6 ones
/// @param sysctls by name, a dot in a device name written `/`
public record NetworkState(
        @Nullable List<Link> links,
        @Nullable List<InterfaceAddress> addresses,
        @Nullable List<PolicyRule> rules,
        @Nullable List<PolicyRule> rules6,
        @Nullable List<Route> routes,
        @Nullable List<Route> routes6,
        @Nullable List<Neighbour> neighbours,
        @Nullable List<Neighbour> proxyNeighbours,
        @Nullable Map<String, String> sysctls) {

    public static final NetworkState NOT_OBSERVED =
            new NetworkState(null, null, null, null, null, null, null, null, null);

    public NetworkState {
        links = copy(links);
        addresses = copy(addresses);
        rules = copy(rules);
        rules6 = copy(rules6);
        routes = copy(routes);
        routes6 = copy(routes6);
        neighbours = copy(neighbours);
        proxyNeighbours = copy(proxyNeighbours);
        sysctls = sysctls == null ? null : Map.copyOf(sysctls);
    }

    /// The same with other kernel parameters.
    public NetworkState with(Map<String, String> otherSysctls) {
        return new NetworkState(
                links, addresses, rules, rules6, routes, routes6, neighbours, proxyNeighbours, otherSysctls);
    }

    /// The same with one more route, where those of its family were observed.
    public NetworkState with(Route route) {
        boolean four = route.family() == IpAddress.Family.IPV4;
        return new NetworkState(
                links,
                addresses,
                rules,
                rules6,
                four ? longer(routes, route) : routes,
                four ? routes6 : longer(routes6, route),
                neighbours,
                proxyNeighbours,
                sysctls);
    }

    private static @Nullable List<Route> longer(@Nullable List<Route> some, Route route) {
        return some == null
                ? null
                : Stream.concat(some.stream(), Stream.of(route)).toList();
    }

    private static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }
}
