package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// One address of each family.
record Addresses(String ipv4, String ipv6) {

    String of(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    /// The address with the length of a host route.
    String host(Family family) {
        return of(family) + (family == Family.IPV4 ? "/32" : "/128");
    }
}
