package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.net.IpAddress;
import java.math.BigInteger;
import java.util.List;

/// A SpiderReservedIP.
///
/// @param pools those that have some of its addresses
/// @param held how many of its addresses Pods have all the same
record ReservedRow(ReservedIp reserved, BigInteger size, List<String> pools, long held) {

    static ReservedRow of(ClusterSnapshot snapshot, ReservedIp reserved) {
        var ranges = AddressRanges.parse(reserved.ips());
        var pools = snapshot.spiderpool().ipPools().stream()
                .filter(pool ->
                        !ranges.intersection(AddressRanges.parse(pool.ips())).isEmpty())
                .map(IpPool::name)
                .sorted()
                .toList();
        long held = PoolHolders.of(snapshot).byPool().values().stream()
                .flatMap(addresses -> addresses.stream().filter((IpAddress each) -> ranges.contains(each)))
                .distinct()
                .count();
        return new ReservedRow(reserved, ranges.size(), pools, held);
    }
}
