package dev.underpass.diagnosis.edit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.diagnosis.edit.Allocations.Given;
import dev.underpass.net.IpAddress;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How many addresses of a pool there are of each sort.
///
/// @param total those in `ips`
/// @param allocated those that Pods have, wherever in the pool's subnet
/// @param free those that the next Pod can get
/// @param excluded those of `excludedIPs`
/// @param reserved those of SpiderReservedIPs that are not excluded too
public record PoolCounts(
        BigInteger total, BigInteger allocated, BigInteger free, BigInteger excluded, BigInteger reserved) {

    /// Those of all pools, by name.
    public static Map<String, PoolCounts> of(ClusterSnapshot now) {
        var reserved = AddressRanges.parse(now.spiderpool().reservedIps().stream()
                .flatMap(each -> each.ips().stream())
                .toList());
        var given = Allocations.of(now).all().stream()
                .filter(each -> each.pool() != null)
                .collect(groupingBy(each -> String.valueOf(each.pool()), mapping(Given::address, toSet())));
        var counts = new TreeMap<String, PoolCounts>();
        for (var pool : now.spiderpool().ipPools()) {
            counts.put(pool.name(), of(pool, reserved, given.getOrDefault(pool.name(), Set.of())));
        }
        return counts;
    }

    private static PoolCounts of(IpPool pool, AddressRanges allReserved, Set<IpAddress> given) {
        var family = pool.subnet().network().family();
        var ips = AddressRanges.parse(pool.ips()).of(family);
        var usable = ips.minus(AddressRanges.parse(pool.excludedIps()).of(family));
        var offered = usable.minus(allReserved.of(family));
        var gateway = pool.gateway();
        var room = gateway == null ? offered : offered.minus(AddressRanges.of(new AddressRange(gateway, gateway)));
        long taken = given.stream().filter(room::contains).count();
        return new PoolCounts(
                ips.size(),
                BigInteger.valueOf(given.size()),
                room.size().subtract(BigInteger.valueOf(taken)),
                ips.size().subtract(usable.size()),
                usable.size().subtract(offered.size()));
    }
}
