package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.diagnosis.edit.Allocations;
import java.math.BigInteger;
import java.util.List;

/// A SpiderReservedIP.
///
/// @param pools those that have some of its addresses
/// @param held how many of its addresses Pods have all the same
record ReservedRow(ReservedIp reserved, BigInteger size, List<String> pools, long held) {

    /// All of them.
    static List<ReservedRow> all(ClusterSnapshot snapshot) {
        var given = Allocations.of(snapshot);
        return snapshot.spiderpool().reservedIps().stream()
                .map(each -> of(snapshot, given, each))
                .toList();
    }

    private static ReservedRow of(ClusterSnapshot snapshot, Allocations given, ReservedIp reserved) {
        var ranges = AddressRanges.parse(reserved.ips());
        var pools = snapshot.spiderpool().ipPools().stream()
                .filter(pool ->
                        !ranges.intersection(AddressRanges.parse(pool.ips())).isEmpty())
                .map(IpPool::name)
                .sorted()
                .toList();
        long held = given.in(ranges).stream()
                .map(Allocations.Given::address)
                .distinct()
                .count();
        return new ReservedRow(reserved, ranges.size(), pools, held);
    }
}
