package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.ReservedIp;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.diagnosis.edit.Allocations;
import dev.underpass.net.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The addresses of pools that nobody has, one after the other; in this order they stand for any.
final class FreeAddresses {

    private final ClusterSnapshot snapshot;
    private final Map<String, Iterator<IpAddress>> left = new HashMap<>();

    FreeAddresses(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// The next one of a pool; empty when there is none any more.
    Optional<IpAddress> next(IpPool pool) {
        var of = left.computeIfAbsent(pool.name(), _ -> all(pool));
        return of.hasNext() ? Optional.of(of.next()) : Optional.empty();
    }

    private Iterator<IpAddress> all(IpPool pool) {
        var taken = new HashSet<IpAddress>();
        Allocations.of(snapshot).all().forEach(given -> taken.add(given.address()));
        var reserved = snapshot.spiderpool().reservedIps().stream()
                .map(ReservedIp::ips)
                .flatMap(List::stream)
                .toList();
        var ranges = AddressRanges.parse(pool.ips())
                .minus(AddressRanges.parse(pool.excludedIps()))
                .minus(AddressRanges.parse(reserved));
        return ranges.isEmpty()
                ? List.<IpAddress>of().iterator()
                : ranges.from(ranges.ranges().getFirst().first())
                        .filter(each -> !taken.contains(each) && !each.equals(pool.gateway()))
                        .iterator();
    }
}
