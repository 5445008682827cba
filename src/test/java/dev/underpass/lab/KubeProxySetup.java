package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;

/// Writes kube-proxy's rules on a node, and the kubelet's.
final class KubeProxySetup {

    private static final String KUBELET_IPV4 = """
            *filter
            :KUBE-FIREWALL - [0:0]
            -A INPUT -j KUBE-FIREWALL
            -A OUTPUT -j KUBE-FIREWALL
            -A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment "block incoming localnet connections" -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
            COMMIT
            """;
    private static final String KUBELET_IPV6 = """
            *filter
            :KUBE-FIREWALL - [0:0]
            -A INPUT -j KUBE-FIREWALL
            -A OUTPUT -j KUBE-FIREWALL
            COMMIT
            """;

    private final Lab lab;
    private final LabNode node;

    KubeProxySetup(Lab lab, LabNode node) {
        this.lab = lab;
        this.node = node;
    }

    void write(Scripts scripts) {
        var namespace = lab.namespace(node);
        for (var family : lab.spec().families()) {
            var kubelet = family == Family.IPV4 ? KUBELET_IPV4 : KUBELET_IPV6;
            scripts.shell(namespace, restore(family, kubelet));
            var rules = switch (lab.spec().proxyMode()) {
                case IPTABLES -> restore(family, new KubeProxyIptables(lab.spec(), node, family).text());
                case NFTABLES ->
                    "nft -f - <<'END-OF-RULES'\n"
                            + new KubeProxyNftables(lab.spec(), node, family).text()
                            + "END-OF-RULES\n";
            };
            scripts.shell(namespace, rules);
        }
        if (lab.spec().beLiberal()) {
            scripts.shell(namespace, "echo 1 > /proc/sys/net/netfilter/nf_conntrack_tcp_be_liberal\n");
        }
    }

    private static String restore(Family family, String rules) {
        return PodSetup.restore(family) + " <<'END-OF-RULES'\n" + rules + "END-OF-RULES\n";
    }
}
