package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.List;
import java.util.stream.Stream;

/// How Spiderpool's coordinator, and the address pools, were set when a lab's Pods were made.
///
/// @param steered the ranges that lead to the node, for Pods of `macvlan-conf`
/// @param steeredBySecond the same for NICs of `macvlan-conf7`
/// @param first whether it is called for NICs of `macvlan-conf`
/// @param second whether it is called for NICs of `macvlan-conf7`
/// @param gateway the IPv4 gateway of the pool `v4-10-6`
/// @param poolRoute a destination that the pool `v4-10-6` leads to its usual gateway; none when empty
record Coordination(
        List<String> steered,
        List<String> steeredBySecond,
        boolean first,
        boolean second,
        boolean tunePodRoutes,
        int hostRuleTable,
        int podRpFilter,
        String vethLinkAddress,
        String gateway,
        String poolRoute) {

    private static final List<String> RANGES = Stream.of(Range.SERVICES, Range.OVERLAY)
            .flatMap(range -> Stream.of(range.of(Family.IPV4), range.of(Family.IPV6)))
            .toList();

    static final Coordination USUAL =
            new Coordination(RANGES, RANGES, true, true, true, 500, 0, "", Range.UNDERLAY.gateway(Family.IPV4), "");

    Coordination {
        steered = List.copyOf(steered);
        steeredBySecond = List.copyOf(steeredBySecond);
    }

    /// The usual ranges and one more.
    static List<String> rangesAnd(String range) {
        return Stream.concat(RANGES.stream(), Stream.of(range)).toList();
    }

    static List<String> rangesWithout(String... gone) {
        return RANGES.stream().filter(range -> !List.of(gone).contains(range)).toList();
    }

    Coordination steering(List<String> ranges) {
        return new Coordination(
                ranges,
                ranges,
                first,
                second,
                tunePodRoutes,
                hostRuleTable,
                podRpFilter,
                vethLinkAddress,
                gateway,
                poolRoute);
    }

    Coordination steeringBySecond(List<String> ranges) {
        return new Coordination(
                steered,
                ranges,
                first,
                second,
                tunePodRoutes,
                hostRuleTable,
                podRpFilter,
                vethLinkAddress,
                gateway,
                poolRoute);
    }

    Coordination calledFor(boolean forFirst, boolean forSecond) {
        return new Coordination(
                steered,
                steeredBySecond,
                forFirst,
                forSecond,
                tunePodRoutes,
                hostRuleTable,
                podRpFilter,
                vethLinkAddress,
                gateway,
                poolRoute);
    }

    /// With other numbers.
    Coordination with(boolean tunes, int table, int rpFilter, String linkAddress) {
        return new Coordination(
                steered, steeredBySecond, first, second, tunes, table, rpFilter, linkAddress, gateway, poolRoute);
    }

    /// With another pool.
    Coordination pool(String poolGateway, String route) {
        return new Coordination(
                steered,
                steeredBySecond,
                first,
                second,
                tunePodRoutes,
                hostRuleTable,
                podRpFilter,
                vethLinkAddress,
                poolGateway,
                route);
    }

    /// The ranges of a family for a NIC whose addresses are of that range.
    List<String> steered(Family family, Range nic) {
        return (nic == Range.UNDERLAY ? steered : steeredBySecond)
                .stream()
                        .filter(range -> range.contains(":") == (family == Family.IPV6))
                        .toList();
    }

    boolean calledFor(Range nic) {
        return nic == Range.UNDERLAY ? first : second;
    }

    String gateway(Family family, Range nic) {
        return family == Family.IPV4 && nic == Range.UNDERLAY ? gateway : nic.gateway(family);
    }
}
