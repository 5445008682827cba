package dev.underpass.diagnosis.edit;

import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.net.IpAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How many addresses of a pool there are of each sort.
///
/// @param total its addresses without those that it excludes
/// @param allocated by Spiderpool's own count, or by SpiderEndpoints where its status has none
/// @param endpoints how many addresses of it SpiderEndpoints show
/// @param excluded those of `ips` that `excludeIPs` takes away
/// @param reserved those of `total` that a SpiderReservedIP keeps from Pods and no Pod has
/// @param free those that the next Pod can get
public record PoolCounts(
        BigInteger total,
        BigInteger allocated,
        BigInteger endpoints,
        BigInteger excluded,
        BigInteger reserved,
        BigInteger free) {

    /// Those of all pools, by name.
    public static Map<String, PoolCounts> of(ClusterSnapshot now) {
        var reserved = reserved(now);
        var given = Allocations.of(now).byPool();
        var counts = new TreeMap<String, PoolCounts>();
        for (var pool : now.spiderpool().ipPools()) {
            counts.put(pool.name(), of(pool, reserved, given.getOrDefault(pool.name(), Set.of())));
        }
        return counts;
    }

    /// Those of one pool, as it is given.
    public static PoolCounts of(ClusterSnapshot now, IpPool pool) {
        var given = Allocations.of(now).from(pool.name()).stream()
                .map(Allocations.Given::address)
                .collect(toSet());
        return of(pool, reserved(now), given);
    }

    private static AddressRanges reserved(ClusterSnapshot now) {
        return AddressRanges.parse(now.spiderpool().reservedIps().stream()
                .map(ReservedIp::ips)
                .flatMap(List::stream)
                .toList());
    }

    private static PoolCounts of(IpPool pool, AddressRanges allReserved, Set<IpAddress> given) {
        var family = pool.subnet().network().family();
        var ips = AddressRanges.parse(pool.ips()).of(family);
        var room = ips.minus(AddressRanges.parse(pool.excludedIps()).of(family));
        var kept = room.intersection(allReserved.of(family));
        var allocated = pool.totalIpCount() > 0 ? pool.allocatedIpCount() : given.size();
        // Where Spiderpool counts more than SpiderEndpoints show, these addresses are in use all the same.
        long unseen = Math.max(0, allocated - given.size());
        var offered = withoutGateway(pool, room.minus(kept));
        return new PoolCounts(
                room.size(),
                BigInteger.valueOf(allocated),
                BigInteger.valueOf(given.size()),
                ips.size().subtract(room.size()),
                kept.size().subtract(count(given, kept)),
                offered.size()
                        .subtract(count(given, offered))
                        .subtract(BigInteger.valueOf(unseen))
                        .max(BigInteger.ZERO));
    }

    private static AddressRanges withoutGateway(IpPool pool, AddressRanges ranges) {
        var gateway = pool.gateway();
        return gateway == null ? ranges : ranges.minus(AddressRanges.of(new AddressRange(gateway, gateway)));
    }

    private static BigInteger count(Set<IpAddress> given, AddressRanges ranges) {
        return BigInteger.valueOf(given.stream().filter(ranges::contains).count());
    }
}
