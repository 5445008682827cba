package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// Faults of a node's routes and rules, and of what it forwards.
final class NodeRoutingFaults {

    private NodeRoutingFaults() {}

    static Damage hostTableFlushed(Strike at) {
        return at.on(at.node(), "%s route flush table 500".formatted(Strike.ip(at.family())));
    }

    static Damage hostRuleDeleted(Strike at) {
        return at.on(at.node(), "%s rule del pref 1000".formatted(Strike.ip(at.family())));
    }

    static Damage hostRouteDeleted(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        var address = pod.underlay()
                ? at.address(pod, family)
                : pod.secondNic().orElseThrow().of(family);
        return at.on(pod.node(), "%s route del %s table 500".formatted(Strike.ip(family), address));
    }

    /// The host's table sends a Pod's replies out of the node's NIC.
    static Damage hostRouteMoved(Strike at) {
        var pod = at.coordinated();
        var family = at.family();
        var address = at.address(pod, family);
        var ip = Strike.ip(family);
        return at.on(pod.node(), "%s route replace %s dev eth0 table 500".formatted(ip, address));
    }

    static Damage podRouteDeleted(Strike at) {
        var pod = at.pod(each -> !each.underlay());
        var family = at.family();
        return at.on(
                pod.node(),
                "%s route del %s dev %s".formatted(Strike.ip(family), pod.eth0().of(family), pod.hostDevice()));
    }

    static Damage blockRouteDeleted(Strike at) {
        var node = at.node();
        var family = at.family();
        return at.on(
                node,
                "%s route del %s"
                        .formatted(Strike.ip(family), Layout.other(node).block().of(family)));
    }

    static Damage nodeDefaultDeleted(Strike at) {
        return at.on(at.node(), "%s route del default".formatted(Strike.ip(at.family())));
    }

    static Damage nodeRouteRefused(Strike at) {
        var family = at.family();
        var pod = at.pod();
        return at.on(
                at.node(),
                "%s route add %s %s table %s"
                        .formatted(
                                Strike.ip(family),
                                at.any("blackhole", "unreachable", "prohibit", "throw"),
                                at.address(pod, family),
                                at.any("main", "500")));
    }

    static Damage hostRuleAdded(Strike at) {
        var family = at.family();
        var ip = Strike.ip(family);
        var selector = at.any("from " + at.address(at.pod(), family), "to " + at.address(at.pod(), family), "from all");
        return at.on(
                at.node(),
                "%s route add default via %s dev eth0 table 77\n%s rule add %s lookup 77 pref %s"
                        .formatted(ip, Range.UNDERLAY.gateway(family), ip, selector, at.any("700", "2000")));
    }

    static Damage nodeRpFilter(Strike at) {
        return at.on(at.node(), rpFilter(at, at.any("all", "eth0")));
    }

    static Damage podRpFilter(Strike at) {
        var pod = at.pod();
        return at.in(pod, rpFilter(at, at.any("all", "eth0", pod.podLeg())));
    }

    private static String rpFilter(Strike at, String device) {
        var filter = "echo %s > /proc/sys/net/ipv4/conf/%s/rp_filter".formatted(at.any("1", "1", "2"), device);
        return at.random().nextInt(4) == 0 ? filter + "\necho 1 > /proc/sys/net/ipv4/conf/all/src_valid_mark" : filter;
    }

    static Damage ipForward(Strike at) {
        var key = at.family() == Family.IPV4 ? "ipv4/ip_forward" : "ipv6/conf/all/forwarding";
        return at.on(at.node(), "echo 0 > /proc/sys/net/%s".formatted(key));
    }

    static Damage deviceForward(Strike at) {
        var pod = at.pod();
        return at.on(
                pod.node(),
                "echo 0 > /proc/sys/net/%s/conf/%s/forwarding"
                        .formatted(at.family() == Family.IPV4 ? "ipv4" : "ipv6", at.any(pod.hostDevice(), "eth0")));
    }

    static Damage proxyArpOff(Strike at) {
        var pod = at.pod(each -> !each.underlay());
        return at.on(pod.node(), "echo 0 > /proc/sys/net/ipv4/conf/%s/proxy_arp".formatted(pod.hostDevice()));
    }

    static Damage arpIgnore(Strike at) {
        return at.on(
                at.node(),
                "echo %s > /proc/sys/net/ipv4/conf/%s/arp_ignore"
                        .formatted(at.any("1", "2", "8"), at.any("all", "eth0")));
    }

    static Damage conntrackStrict(Strike at) {
        return at.on(at.node(), "echo 0 > /proc/sys/net/netfilter/nf_conntrack_tcp_loose");
    }

    static Damage conntrackLiberal(Strike at) {
        return at.on(at.node(), "echo 1 > /proc/sys/net/netfilter/nf_conntrack_tcp_be_liberal");
    }
}
