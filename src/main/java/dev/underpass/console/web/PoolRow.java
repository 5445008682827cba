package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;

/// A SpiderIPPool in numbers.
///
/// @param total its addresses without those that it excludes
/// @param allocated by Spiderpool's own count, or by SpiderEndpoints where its status has none
/// @param endpoints how many addresses of it SpiderEndpoints show
/// @param reserved those of `total` that a SpiderReservedIP keeps from Pods and no Pod has
/// @param free what is left
record PoolRow(
        IpPool pool, BigInteger total, BigInteger allocated, long endpoints, BigInteger reserved, BigInteger free) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static PoolRow of(ClusterSnapshot snapshot, PoolHolders holders, IpPool pool) {
        var room = room(pool);
        var held = holders.of(pool.name());
        var kept = room.intersection(reserved(snapshot));
        var reserved = kept.size().subtract(count(held, kept));
        boolean counted = pool.totalIpCount() > 0;
        var allocated = BigInteger.valueOf(counted ? pool.allocatedIpCount() : held.size());
        var free = room.size().subtract(reserved).subtract(allocated).max(BigInteger.ZERO);
        return new PoolRow(pool, room.size(), allocated, held.size(), reserved, free);
    }

    static AddressRanges room(IpPool pool) {
        var family = pool.subnet().network().family();
        return AddressRanges.parse(pool.ips())
                .of(family)
                .minus(AddressRanges.parse(pool.excludedIps()).of(family));
    }

    private static AddressRanges reserved(ClusterSnapshot snapshot) {
        return AddressRanges.parse(snapshot.spiderpool().reservedIps().stream()
                .map(ReservedIp::ips)
                .flatMap(List::stream)
                .toList());
    }

    private static BigInteger count(Set<IpAddress> held, AddressRanges ranges) {
        return BigInteger.valueOf(held.stream().filter(ranges::contains).count());
    }

    public String name() {
        return pool.name();
    }

    /// The part of the addresses that is allocated, in hundredths with one decimal; 100 where there are none at all.
    public BigDecimal pressure() {
        return share(allocated);
    }

    public BigDecimal share(BigInteger part) {
        if (total.signum() == 0) {
            return HUNDRED.setScale(1, RoundingMode.UNNECESSARY);
        }
        return new BigDecimal(part)
                .multiply(HUNDRED)
                .divide(new BigDecimal(total), 1, RoundingMode.FLOOR)
                .min(HUNDRED);
    }

    public boolean empty() {
        return total.signum() == 0;
    }

    /// Whether Spiderpool counts more than SpiderEndpoints show: these addresses are in use, or leaked.
    public boolean more() {
        return allocated.compareTo(BigInteger.valueOf(endpoints)) > 0;
    }

    /// The pools that have addresses in common with this one.
    public static List<String> overlaps(ClusterSnapshot snapshot, IpPool pool) {
        var own = AddressRanges.parse(pool.ips());
        return snapshot.spiderpool().ipPools().stream()
                .filter(each -> !each.name().equals(pool.name()))
                .filter(each ->
                        !own.intersection(AddressRanges.parse(each.ips())).isEmpty())
                .map(IpPool::name)
                .sorted()
                .toList();
    }
}
