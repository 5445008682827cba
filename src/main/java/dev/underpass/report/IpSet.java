package dev.underpass.report;

import java.util.List;

/// A set of addresses that iptables rules may match, `ipset(8)`.
///
/// @param type `hash:ip`, `hash:net`, `bitmap:port` …
/// @param members as `ipset save` prints them
public record IpSet(String name, String type, List<String> members) {

    public IpSet {
        members = List.copyOf(members);
    }
}
