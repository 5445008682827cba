package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// Writes the switch with its gateway, and the nodes with their way to each other.
final class NodeSetup {

    /// Nothing is held back, delayed or learnt from redirects, so that the same state has the same outcome.
    private static final String COMMON = """
            for each in all default lo; do
              echo 0 > /proc/sys/net/ipv4/conf/$each/rp_filter
              echo 0 > /proc/sys/net/ipv4/conf/$each/accept_redirects
              echo 0 > /proc/sys/net/ipv4/conf/$each/send_redirects
              echo 0 > /proc/sys/net/ipv6/conf/$each/accept_redirects
              echo 0 > /proc/sys/net/ipv6/conf/$each/accept_ra
              echo 0 > /proc/sys/net/ipv6/conf/$each/accept_dad
              echo 0 > /proc/sys/net/ipv6/conf/$each/dad_transmits
              echo 0 > /proc/sys/net/ipv6/conf/$each/router_solicitations
            done
            echo 0 > /proc/sys/net/ipv4/icmp_ratelimit
            echo 1000000 > /proc/sys/net/ipv4/icmp_msgs_per_sec
            echo 1000000 > /proc/sys/net/ipv4/icmp_msgs_burst
            echo 0 > /proc/sys/net/ipv6/icmp/ratelimit
            """;
    private static final String FORWARDING = """
            echo 1 > /proc/sys/net/ipv4/ip_forward
            echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
            """;

    private final Lab lab;

    NodeSetup(Lab lab) {
        this.lab = lab;
    }

    void write(Scripts scripts) {
        lab.namespaces().forEach(namespace -> {
            scripts.shell(namespace, COMMON);
            scripts.ip(namespace, "link set lo up");
        });
        switchAndGateway(scripts);
        Layout.NODES.forEach(node -> node(scripts, node));
    }

    private void switchAndGateway(Scripts scripts) {
        var namespace = lab.switchNamespace();
        scripts.shell(namespace, FORWARDING);
        scripts.ip(namespace, "link add br0 address 02:00:0a:06:00:01 type bridge", "link set br0 up");
        for (var family : lab.spec().families()) {
            for (var range : new Range[] {Range.UNDERLAY, Range.SECOND_UNDERLAY}) {
                scripts.ip(
                        namespace,
                        "addr add %s%s dev br0".formatted(range.gateway(family), range.length(family)) + nodad(family));
            }
        }
    }

    private void node(Scripts scripts, LabNode node) {
        var namespace = lab.namespace(node);
        scripts.shell(namespace, FORWARDING + "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet\n");
        scripts.ip(
                namespace,
                "link add eth0 address %s type veth peer name %s netns %s"
                        .formatted(node.mac(), node.name(), lab.switchNamespace()),
                "link set eth0 up");
        scripts.ip(lab.switchNamespace(), "link set %s master br0 up".formatted(node.name()));
        lab.spec().families().forEach(family -> addresses(scripts, node, family));
    }

    private void addresses(Scripts scripts, LabNode node, Family family) {
        var other = Layout.other(node);
        var namespace = lab.namespace(node);
        scripts.ip(
                namespace,
                "addr add %s%s dev eth0".formatted(node.addresses().of(family), Range.UNDERLAY.length(family))
                        + nodad(family),
                "route add default via %s dev eth0".formatted(Range.UNDERLAY.gateway(family)));
        if (family == Family.IPV4) {
            scripts.ip(
                    namespace,
                    "route add blackhole %s proto 80".formatted(node.block().ipv4()),
                    "route add %s via %s dev eth0 proto bird onlink"
                            .formatted(other.block().ipv4(), other.addresses().ipv4()));
        } else {
            scripts.ip(
                    namespace,
                    "route add %s via %s dev eth0"
                            .formatted(other.block().ipv6(), other.addresses().ipv6()));
        }
    }

    /// IPv6 addresses are there at once.
    static String nodad(Family family) {
        return family == Family.IPV6 ? " nodad" : "";
    }
}
