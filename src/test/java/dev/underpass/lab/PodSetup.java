package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// Writes a Pod with its NICs as the CNI plugins, and then the coordinator, leave them.
final class PodSetup {

    private static final String PROXY_ARP_GATEWAY = "169.254.1.1";
    private static final String LINK_LOCAL_GATEWAY = "fe80::ecee:eeff:feee:eeee";

    private final Lab lab;
    private final Coordination coordination;
    private final LabPod pod;
    private final String inPod;
    private final String onNode;

    PodSetup(Lab lab, LabPod pod) {
        this.lab = lab;
        this.coordination = lab.coordination();
        this.pod = pod;
        this.inPod = lab.namespace(pod);
        this.onNode = lab.namespace(pod.node());
    }

    void write(Scripts scripts) {
        if (!pod.underlay() || coordination.calledFor(Range.UNDERLAY)) {
            leg(scripts);
        }
        if (pod.underlay()) {
            macvlan(scripts, "eth0", pod.mac(1));
        }
        if (pod.net1() != null) {
            macvlan(scripts, "net1", pod.mac(4));
        }
        if (!pod.underlay()) {
            scripts.shell(onNode, "echo 1 > /proc/sys/net/ipv4/conf/%s/proxy_arp\n".formatted(pod.hostDevice()));
        }
        for (var family : lab.spec().families()) {
            if (pod.underlay()) {
                underlay(scripts, family);
            } else {
                overlay(scripts, family);
            }
        }
        if (isCoordinated()) {
            scripts.shell(
                    inPod,
                    "echo %d > /proc/sys/net/ipv4/conf/all/rp_filter\n"
                            .formatted(coordination.options().podRpFilter()));
        }
    }

    private boolean isCoordinated() {
        return pod.underlay()
                ? coordination.calledFor(Range.UNDERLAY)
                : pod.net1() != null && coordination.calledFor(pod.second());
    }

    private void leg(Scripts scripts) {
        scripts.ip(
                onNode,
                "link add %s address %s type veth peer name %s netns %s address %s"
                        .formatted(pod.hostDevice(), pod.hostMac(), pod.podLeg(), inPod, pod.legMac()),
                "link set %s up".formatted(pod.hostDevice()));
        scripts.ip(inPod, "link set %s up".formatted(pod.podLeg()));
        if (pod.underlay() && !coordination.options().vethLinkAddress().isEmpty()) {
            scripts.ip(
                    inPod,
                    "addr add %s/32 dev veth0".formatted(coordination.options().vethLinkAddress()));
        }
    }

    private void macvlan(Scripts scripts, String device, String mac) {
        scripts.ip(
                onNode,
                "link add link eth0 name %s netns %s address %s type macvlan mode bridge"
                        .formatted(device, inPod, mac));
        scripts.ip(inPod, "link set %s up".formatted(device));
    }

    /// IPv6 routes have no preferred source.
    private static String src(Family family, String address) {
        return family == Family.IPV4 ? " src " + address : "";
    }

    private static String scopeLink(Family family) {
        return family == Family.IPV4 ? " scope link" : "";
    }

    private String node(Family family) {
        return pod.node().addresses().of(family);
    }

    private void underlay(Scripts scripts, Family family) {
        var own = pod.eth0().of(family);
        address(scripts, "eth0", own + Range.UNDERLAY.length(family), family);
        scripts.ip(inPod, defaultRoute(family, "eth0", Range.UNDERLAY));
        poolRoute(scripts, family, "eth0", Range.UNDERLAY);
        if (coordination.calledFor(Range.UNDERLAY)) {
            underlayByLeg(scripts, family, own);
            underlayOnNode(scripts, family);
        }
        pod.secondNic().ifPresent(net1 -> secondUnderlayNic(scripts, family, net1.of(family)));
    }

    /// As the plugins add it: in front of others.
    private String defaultRoute(Family family, String device, Range range) {
        return "route prepend default via %s dev %s".formatted(coordination.gateway(family, range), device);
    }

    private void poolRoute(Scripts scripts, Family family, String device, Range range) {
        if (family == Family.IPV4
                && range == Range.UNDERLAY
                && !coordination.pool().route().isEmpty()) {
            scripts.ip(
                    inPod,
                    "route add %s via %s dev %s"
                            .formatted(coordination.pool().route(), Range.UNDERLAY.gateway(family), device));
        }
    }

    private void underlayByLeg(Scripts scripts, Family family, String own) {
        var toNode = "route add %s dev veth0%s%s".formatted(node(family), scopeLink(family), src(family, own));
        scripts.ip(
                inPod,
                toNode,
                toNode + " table 101",
                "route add default via %s dev veth0 table 100%s".formatted(node(family), src(family, own)),
                "neigh add %s dev veth0 lladdr %s nud permanent".formatted(node(family), pod.hostMac()));
        hijack(scripts, family, Range.UNDERLAY, "veth0", "");
        rule(scripts, family, "fwmark 0x1 lookup 100 pref 1000");
        scripts.shell(inPod, restore(family) + " <<'END-OF-RULES'\n" + MARKS + "END-OF-RULES\n");
    }

    /// A batch of `ip` has one family for all its rules.
    private void rule(Scripts scripts, Family family, String rule) {
        scripts.shell(inPod, "ip %s rule add %s\n".formatted(family == Family.IPV6 ? "-6" : "-4", rule));
    }

    static String restore(Family family) {
        return family == Family.IPV6 ? "ip6tables-restore --noflush" : "iptables-restore --noflush";
    }

    private static final String MARKS = """
            *mangle
            -A PREROUTING -i veth0 -m conntrack --ctstate NEW -j MARK --set-xmark 0x1/0xffffffff
            -A PREROUTING -m mark --mark 0x1 -j CONNMARK --save-mark
            -A OUTPUT -j CONNMARK --restore-mark
            COMMIT
            """;

    /// @param nic the range of the NIC whose network says what is steered
    private void hijack(Scripts scripts, Family family, Range nic, String device, String table) {
        var source = src(family, pod.eth0().of(family));
        coordination
                .steered(family, nic)
                .forEach(range -> scripts.ip(
                        inPod, "route add %s via %s dev %s%s%s".formatted(range, node(family), device, source, table)));
    }

    private void secondUnderlayNic(Scripts scripts, Family family, String net1) {
        var range = pod.second();
        address(scripts, "net1", net1 + range.length(family), family);
        if (coordination.calledFor(range)) {
            ownTable(scripts, family, net1);
            hijack(scripts, family, range, "veth0", " table 101");
            rule(scripts, family, "from %s lookup 101 pref 999".formatted(net1));
        } else {
            scripts.ip(inPod, defaultRoute(family, "net1", range));
        }
    }

    /// net1's default, moved to table 101, and its subnet, copied.
    private void ownTable(Scripts scripts, Family family, String net1) {
        var range = pod.second();
        scripts.ip(
                inPod,
                "route add default via %s dev net1 table 101".formatted(coordination.gateway(family, range)),
                "route add %s dev net1 table 101%s%s"
                        .formatted(range.of(family), scopeLink(family), src(family, net1)));
    }

    private void underlayOnNode(Scripts scripts, Family family) {
        var ip = family == Family.IPV6 ? "-6 " : "";
        hostRule(scripts, ip);
        pod.addresses().forEach(each -> toPod(scripts, each.of(family), pod.legMac(), scopeLink(family)));
    }

    /// The coordinator adds it with the first Pod.
    private void hostRule(Scripts scripts, String ip) {
        scripts.shell(
                onNode,
                "ip %1$srule show pref 1000 | grep -q . || ip %1$srule add lookup %2$d pref 1000\n"
                        .formatted(ip, coordination.options().hostRuleTable()));
    }

    private void toPod(Scripts scripts, String address, String mac, String scope) {
        scripts.ip(
                onNode,
                "route add %s dev %s table %d%s"
                        .formatted(
                                address,
                                pod.hostDevice(),
                                coordination.options().hostRuleTable(),
                                scope),
                "neigh add %s dev %s lladdr %s nud permanent".formatted(address, pod.hostDevice(), mac));
    }

    private void overlay(Scripts scripts, Family family) {
        var own = pod.eth0().of(family);
        address(scripts, "eth0", pod.eth0().host(family), family);
        if (family == Family.IPV4) {
            scripts.ip(
                    inPod,
                    "route add %s dev eth0 scope link".formatted(PROXY_ARP_GATEWAY),
                    "route add default via %s dev eth0".formatted(PROXY_ARP_GATEWAY));
        } else {
            // The host device's own link-local address is the gateway: it comes of its MAC.
            scripts.ip(inPod, "route add default via %s dev eth0".formatted(LINK_LOCAL_GATEWAY));
        }
        scripts.ip(onNode, "route add %s dev %s%s".formatted(own, pod.hostDevice(), scopeLink(family)));
        pod.secondNic().ifPresent(net1 -> overlayNet1(scripts, family, net1.of(family)));
    }

    private void overlayNet1(Scripts scripts, Family family, String net1) {
        address(scripts, "net1", net1 + pod.second().length(family), family);
        if (!coordination.calledFor(pod.second())) {
            scripts.ip(inPod, defaultRoute(family, "net1", pod.second()));
            poolRoute(scripts, family, "net1", pod.second());
            return;
        }
        var own = pod.eth0().of(family);
        var toNode = "route add %s dev eth0%s%s".formatted(node(family), scopeLink(family), src(family, own));
        scripts.ip(
                inPod,
                toNode,
                toNode + " table 101",
                "neigh add %s dev eth0 lladdr %s nud permanent".formatted(node(family), pod.hostMac()));
        hijack(scripts, family, pod.second(), "eth0", "");
        poolRoute(scripts, family, "net1", pod.second());
        if (coordination.options().tunePodRoutes()) {
            overlayTables(scripts, family, own, net1);
        } else {
            scripts.ip(inPod, defaultRoute(family, "net1", pod.second()));
        }
        hostRule(scripts, family == Family.IPV4 ? "" : "-6 ");
        toPod(scripts, net1, pod.legMac(), scopeLink(family));
    }

    private void overlayTables(Scripts scripts, Family family, String own, String net1) {
        var gateway = family == Family.IPV4 ? PROXY_ARP_GATEWAY : LINK_LOCAL_GATEWAY;
        scripts.ip(inPod, "route add default via %s dev eth0 table 100".formatted(gateway));
        rule(scripts, family, "from %s lookup 100 pref 32764".formatted(own));
        rule(scripts, family, "from %s lookup 101 pref 32765".formatted(net1));
        ownTable(scripts, family, net1);
    }

    private void address(Scripts scripts, String device, String address, Family family) {
        scripts.ip(inPod, "addr add %s dev %s%s".formatted(address, device, NodeSetup.nodad(family)));
    }
}
