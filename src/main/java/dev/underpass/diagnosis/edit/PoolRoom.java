package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.net.IpAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/// The Pods whose addresses an edit takes out of their pools, and the room that is left for them.
///
/// @param free how many addresses of the edited pool no Pod has
/// @param wanted how many Pods must get another one
public record PoolRoom(ObjectName pod, IpAddress address, String pool, BigInteger free, int wanted) {

    /// All of them; pools that are gone or disabled are left out.
    public static List<PoolRoom> after(ClusterSnapshot now, ClusterSnapshot edited) {
        return edited.spiderpool().ipPools().stream()
                .filter(pool -> !pool.disabled()
                        && now.spiderpool().ipPools().stream()
                                .anyMatch(old -> old.name().equals(pool.name())
                                        && !room(old).equals(room(pool))))
                .flatMap(pool -> displaced(now, edited, pool))
                .toList();
    }

    private static AddressRanges room(IpPool pool) {
        return AddressRanges.parse(pool.ips()).minus(AddressRanges.parse(pool.excludedIps()));
    }

    private static Stream<PoolRoom> displaced(ClusterSnapshot now, ClusterSnapshot edited, IpPool pool) {
        var reserved = AddressRanges.parse(edited.spiderpool().reservedIps().stream()
                .map(ReservedIp::ips)
                .flatMap(List::stream)
                .toList());
        var room = room(pool).minus(reserved);
        var given = Allocations.of(now).from(pool.name());
        var displaced = given.stream()
                .filter(each -> !room(pool).contains(each.address()))
                .toList();
        long kept = given.stream().filter(each -> room.contains(each.address())).count();
        var free = room.size().subtract(BigInteger.valueOf(kept)).max(BigInteger.ZERO);
        return displaced.stream()
                .map(each -> new PoolRoom(each.pod(), each.address(), pool.name(), free, displaced.size()));
    }
}
