package dev.underpass.diagnosis.edit;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses that a SpiderIPPool or SpiderSubnet has: `ips` without `excludeIPs`.
///
/// @param subnet absent where it cannot be read
/// @param ips the entries that can be read, as written
/// @param whole whether all entries can be read, so that what is not among the addresses is really not
record Block(
        @Nullable IpPrefix subnet,
        List<Item> ips,
        List<Item> excluded,
        @Nullable IpAddress gateway,
        AddressRanges total,
        boolean whole) {

    /// One entry and its place.
    record Item(String path, AddressRange range) {}

    Block {
        ips = List.copyOf(ips);
        excluded = List.copyOf(excluded);
    }

    /// The addresses of a stored pool or subnet.
    static AddressRanges total(Collection<String> ips, Collection<String> excluded) {
        return AddressRanges.parse(ips).minus(AddressRanges.parse(excluded));
    }

    static AddressRanges ranges(List<Item> items) {
        return AddressRanges.of(items.stream().map(Item::range).toList());
    }
}
