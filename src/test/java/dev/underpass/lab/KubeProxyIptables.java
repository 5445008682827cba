package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.List;

/// kube-proxy's rules in iptables mode, as `iptables-restore` takes them.
final class KubeProxyIptables {

    private final LabSpec spec;
    private final LabNode node;
    private final Family family;
    private final List<String> chains = new ArrayList<>();
    private final List<String> portals = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    KubeProxyIptables(LabSpec spec, LabNode node, Family family) {
        this.spec = spec;
        this.node = node;
        this.family = family;
    }

    String text() {
        Layout.SERVICES.forEach(this::add);
        var notLoopback = family == Family.IPV4 ? "" : "! -d ::1/128 ";
        return MANGLE
                + FILTER_CHAINS
                + (spec.beLiberal() ? "" : "-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP\n")
                + FORWARD
                + lines(refusals)
                + "COMMIT\n"
                + NAT_CHAINS
                + lines(chains)
                + NAT
                + lines(portals)
                + "-A KUBE-SERVICES " + notLoopback
                + "-m comment --comment \"kubernetes service nodeports; NOTE: this must be the last rule in this chain\""
                + " -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS\n"
                + lines(rules)
                + "COMMIT\n";
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private void add(LabService service) {
        var address = service.clusterIps().host(family);
        var backends = service.backends(node);
        if (service.backends().isEmpty()) {
            var with = family == Family.IPV4 ? "icmp-port-unreachable" : "icmp6-port-unreachable";
            refusals.add(refusal(service, address, "has no endpoints", "REJECT --reject-with " + with));
        } else if (backends.isEmpty()) {
            refusals.add(refusal(service, address, "has no local endpoints", "DROP"));
        } else {
            portal(service, address);
            for (int i = 0; i < backends.size(); i++) {
                backend(service, backends.get(i), backends.size() - i);
            }
        }
    }

    private static String refusal(LabService service, String address, String why, String target) {
        return "-A KUBE-SERVICES -d %s -p tcp -m comment --comment \"%s %s\" -m tcp --dport 80 -j %s"
                .formatted(address, service.portName(), why, target);
    }

    private void portal(LabService service, String address) {
        var chain = ServiceChains.iptablesService(service);
        var match = "-d %s -p tcp -m comment --comment \"%s cluster IP\" -m tcp --dport 80 -j "
                .formatted(address, service.portName());
        var outside = spec.masqueradeAll() ? "" : "! -s %s ".formatted(spec.clusterCidr(family));
        chains.add(":%s - [0:0]".formatted(chain));
        portals.add("-A KUBE-SERVICES " + match + chain);
        rules.add("-A %s %s%sKUBE-MARK-MASQ".formatted(chain, outside, match));
        if (service.sticky()) {
            service.backends(node).forEach(backend -> affinity(service, backend));
        }
    }

    private String recent(String endpoint, String operation) {
        var mask = family == Family.IPV4 ? "255.255.255.255" : "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
        return "-m recent %s --name %s --mask %s --rsource".formatted(operation, endpoint, mask);
    }

    private void affinity(LabService service, LabPod backend) {
        var endpoint = ServiceChains.iptablesEndpoint(service, backend, family);
        rules.add("-A %s -m comment --comment \"%s -> %s\" %s -j %s"
                .formatted(
                        ServiceChains.iptablesService(service),
                        service.portName(),
                        ServiceChains.endpoint(backend, family),
                        recent(endpoint, "--rcheck --seconds 10800 --reap"),
                        endpoint));
    }

    /// @param left how many backends are left to choose from
    private void backend(LabService service, LabPod backend, int left) {
        var endpoint = ServiceChains.iptablesEndpoint(service, backend, family);
        var to = ServiceChains.endpoint(backend, family);
        var comment = "-m comment --comment \"%s\"".formatted(service.portName());
        var luck = left == 1 ? "" : " -m statistic --mode random --probability %.10f".formatted(1.0 / left);
        var affinity = service.sticky() ? " " + recent(endpoint, "--set") : "";
        chains.add(":%s - [0:0]".formatted(endpoint));
        rules.add("-A %s -m comment --comment \"%s -> %s\"%s -j %s"
                .formatted(ServiceChains.iptablesService(service), service.portName(), to, luck, endpoint));
        rules.add("-A %s -s %s %s -j KUBE-MARK-MASQ"
                .formatted(endpoint, backend.eth0().host(family), comment));
        rules.add("-A %s -p tcp %s%s -m tcp -j DNAT --to-destination %s".formatted(endpoint, comment, affinity, to));
    }

    private static final String MANGLE = """
            *mangle
            :KUBE-PROXY-CANARY - [0:0]
            COMMIT
            """;

    private static final String FILTER_CHAINS = """
            *filter
            :KUBE-EXTERNAL-SERVICES - [0:0]
            :KUBE-FORWARD - [0:0]
            :KUBE-NODEPORTS - [0:0]
            :KUBE-PROXY-CANARY - [0:0]
            :KUBE-PROXY-FIREWALL - [0:0]
            :KUBE-SERVICES - [0:0]
            -A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
            -A INPUT -m comment --comment "kubernetes health check service ports" -j KUBE-NODEPORTS
            -A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES
            -A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
            -A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD
            -A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
            -A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES
            -A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
            -A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
            """;

    private static final String FORWARD = """
            -A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
            -A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            """;

    private static final String NAT_CHAINS = """
            *nat
            :KUBE-MARK-MASQ - [0:0]
            :KUBE-NODEPORTS - [0:0]
            :KUBE-POSTROUTING - [0:0]
            :KUBE-PROXY-CANARY - [0:0]
            :KUBE-SERVICES - [0:0]
            """;

    private static final String NAT = """
            -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
            -A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
            -A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
            -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
            -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
            -A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
            -A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
            """;
}
