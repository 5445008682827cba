package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// The address ranges of a lab.
enum Range {
    SERVICES("10.233.0.0/18", "fd00:10:233::/112"),
    OVERLAY("10.233.64.0/18", "fd00:10:233:64::/64"),
    UNDERLAY("10.6.0.0/16", "fd00:10:6::/64"),
    SECOND_UNDERLAY("10.7.0.0/16", "fd00:10:7::/64");

    private final String ipv4;
    private final String ipv6;

    Range(String ipv4, String ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    String of(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    /// The length of the prefix, with its slash.
    String length(Family family) {
        var text = of(family);
        return text.substring(text.indexOf('/'));
    }

    /// The gateway of an underlay subnet.
    String gateway(Family family) {
        var text = of(family);
        var start = text.substring(0, text.indexOf('/'));
        return family == Family.IPV4 ? start.replaceAll("0$", "1") : start + "1";
    }
}
