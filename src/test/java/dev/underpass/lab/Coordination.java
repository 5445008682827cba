package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.List;
import java.util.stream.Stream;

/// How Spiderpool's coordinator, and the address pools, were set when a lab's Pods were made.
///
/// @param first for NICs of `macvlan-conf`
/// @param second for NICs of `macvlan-conf7`
/// @param options those of the SpiderCoordinator
/// @param pool the pool `v4-10-6`
record Coordination(Network first, Network second, Options options, Pool pool) {

    /// @param called whether the network chains the coordinator, and lets it do something
    /// @param steered the ranges that lead to the node
    record Network(boolean called, List<String> steered) {
        Network {
            steered = List.copyOf(steered);
        }
    }

    record Options(boolean tunePodRoutes, int hostRuleTable, int podRpFilter, String vethLinkAddress) {}

    /// @param route a destination that the pool leads to its usual gateway; none when empty
    record Pool(String gateway, String route) {}

    private static final List<String> RANGES = Stream.of(Range.SERVICES, Range.OVERLAY)
            .flatMap(range -> Stream.of(range.of(Family.IPV4), range.of(Family.IPV6)))
            .toList();

    private static final Network NETWORK = new Network(true, RANGES);

    static final Coordination USUAL = new Coordination(
            NETWORK, NETWORK, new Options(true, 500, 0, ""), new Pool(Range.UNDERLAY.gateway(Family.IPV4), ""));

    /// The usual ranges and one more.
    static List<String> rangesAnd(String range) {
        return Stream.concat(RANGES.stream(), Stream.of(range)).toList();
    }

    static List<String> rangesWithout(String... gone) {
        return RANGES.stream().filter(range -> !List.of(gone).contains(range)).toList();
    }

    Coordination steering(List<String> ranges) {
        return new Coordination(
                new Network(first.called(), ranges), new Network(second.called(), ranges), options, pool);
    }

    Coordination steeringBySecond(List<String> ranges) {
        return new Coordination(first, new Network(second.called(), ranges), options, pool);
    }

    Coordination calledFor(boolean forFirst, boolean forSecond) {
        return new Coordination(
                new Network(forFirst, first.steered()), new Network(forSecond, second.steered()), options, pool);
    }

    Coordination with(Options others) {
        return new Coordination(first, second, others, pool);
    }

    Coordination with(Pool other) {
        return new Coordination(first, second, options, other);
    }

    private Network network(Range nic) {
        return nic == Range.UNDERLAY ? first : second;
    }

    /// The ranges of a family for a NIC whose addresses are of that range.
    List<String> steered(Family family, Range nic) {
        return network(nic).steered().stream()
                .filter(range -> range.contains(":") == (family == Family.IPV6))
                .toList();
    }

    boolean calledFor(Range nic) {
        return network(nic).called();
    }

    String gateway(Family family, Range nic) {
        return family == Family.IPV4 && nic == Range.UNDERLAY ? pool.gateway() : nic.gateway(family);
    }
}
