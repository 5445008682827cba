package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.List;

/// kube-proxy's table in nftables mode, as `nft -f` takes it.
final class KubeProxyNftables {

    private final LabSpec spec;
    private final LabNode node;
    private final Family family;
    private final String ip;
    private final List<String> hairpins = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final StringBuilder sets = new StringBuilder();
    private final StringBuilder endpointChains = new StringBuilder();
    private final StringBuilder serviceChains = new StringBuilder();

    KubeProxyNftables(LabSpec spec, LabNode node, Family family) {
        this.spec = spec;
        this.node = node;
        this.family = family;
        this.ip = family == Family.IPV4 ? "ip" : "ip6";
    }

    String text() {
        Layout.SERVICES.forEach(this::add);
        var outside = spec.masqueradeAll() ? "" : " IP saddr != " + spec.clusterCidr(family);
        var reason = spec.masqueradeAll()
                ? "masquerade all clusterIP traffic"
                : "masquerade clusterIP traffic from outside cluster";
        var clusterIps = Layout.SERVICES.stream()
                .map(service -> service.clusterIps().of(family))
                .toList();
        return (HEAD + sets + BASE_CHAINS + CHECKS + endpointChains + serviceChains + "}\n")
                .replace("OUTSIDE", outside)
                .replace("REASON", reason)
                .replace("HAIRPINS", String.join(", ", hairpins))
                .replace("CLUSTER-IPS", String.join(", ", clusterIps))
                .replace("NODE-ADDRESS", node.addresses().of(family))
                .replace("SERVICE-CIDR", Range.SERVICES.of(family))
                .replace("REFUSALS", String.join(", ", refusals))
                .replace("SERVICES", String.join(", ", services))
                .replace("ADDRESS-TYPE", family == Family.IPV4 ? "ipv4_addr" : "ipv6_addr")
                .replaceAll("\\bIP (daddr|saddr|kube-proxy)\\b", ip + " $1");
    }

    private void add(LabService service) {
        var key = service.clusterIps().of(family) + " . tcp . 80";
        var backends = service.backends(node);
        if (service.backends().isEmpty()) {
            refusals.add("%s comment \"%s\" : goto reject-chain".formatted(key, service.portName()));
        } else if (backends.isEmpty()) {
            refusals.add("%s comment \"%s\" : drop".formatted(key, service.portName()));
        } else {
            services.add("%s : goto %s".formatted(key, ServiceChains.nftService(service)));
            backends.stream().filter(pod -> pod.node().equals(node)).forEach(this::hairpin);
            chain(service, backends);
        }
    }

    private void hairpin(LabPod pod) {
        var address = pod.eth0().of(family);
        var hairpin = "%s . %s . tcp . %d".formatted(address, address, LabService.TARGET_PORT);
        if (!hairpins.contains(hairpin)) {
            hairpins.add(hairpin);
        }
    }

    private void chain(LabService service, List<LabPod> backends) {
        serviceChains.append("chain %s {\n".formatted(ServiceChains.nftService(service)));
        if (service.sticky()) {
            backends.forEach(backend -> affinity(service, backend));
            serviceChains.append("numgen random mod %d vmap { %s }\n"
                    .formatted(backends.size(), choices(backends, each -> "goto endpoint-" + endpoint(service, each))));
        } else {
            serviceChains.append("meta l4proto tcp dnat %s to numgen random mod %d map { %s }\n"
                    .formatted(
                            ip,
                            backends.size(),
                            choices(backends, each -> each.eth0().of(family) + " . " + LabService.TARGET_PORT)));
        }
        serviceChains.append("}\n");
    }

    private static String choices(List<LabPod> backends, java.util.function.Function<LabPod, String> what) {
        var choices = new ArrayList<String>();
        for (int i = 0; i < backends.size(); i++) {
            choices.add(i + " : " + what.apply(backends.get(i)));
        }
        return String.join(", ", choices);
    }

    private String endpoint(LabService service, LabPod backend) {
        return ServiceChains.nftEndpoint(service, backend, family);
    }

    private void affinity(LabService service, LabPod backend) {
        var name = endpoint(service, backend);
        sets.append("set affinity-%s { type ADDRESS-TYPE; flags dynamic,timeout; timeout 10800s; }\n".formatted(name));
        endpointChains.append("""
                chain endpoint-%s {
                update @affinity-%s { IP saddr }
                meta l4proto tcp dnat to %s
                }
                """.formatted(name, name, ServiceChains.endpoint(backend, family)));
        serviceChains.append("IP saddr @affinity-%s goto endpoint-%s\n".formatted(name, name));
    }

    private static final String HEAD = """
            table IP kube-proxy {
            comment "rules for kube-proxy"
            set hairpin-connections {
              type ADDRESS-TYPE . ADDRESS-TYPE . inet_proto . inet_service
              comment "service hairpin connections"
              elements = { HAIRPINS }
            }
            set cluster-ips {
              type ADDRESS-TYPE
              comment "Active ClusterIPs"
              elements = { CLUSTER-IPS }
            }
            set nodeport-ips {
              type ADDRESS-TYPE
              comment "IPs that accept NodePort traffic"
              elements = { NODE-ADDRESS }
            }
            map no-endpoint-services {
              type ADDRESS-TYPE . inet_proto . inet_service : verdict
              comment "vmap to drop or reject packets to services with no endpoints"
              elements = { REFUSALS }
            }
            map no-endpoint-nodeports {
              type inet_proto . inet_service : verdict
              comment "vmap to drop or reject packets to service nodeports with no endpoints"
            }
            map firewall-ips {
              type ADDRESS-TYPE . inet_proto . inet_service : verdict
              comment "destinations that are subject to LoadBalancerSourceRanges"
            }
            map service-ips {
              type ADDRESS-TYPE . inet_proto . inet_service : verdict
              comment "ClusterIP, ExternalIP and LoadBalancer IP traffic"
              elements = { SERVICES }
            }
            map service-nodeports {
              type inet_proto . inet_service : verdict
              comment "NodePort traffic"
            }
            """;

    private static final String BASE_CHAINS = """
            chain filter-prerouting-pre-dnat {
              type filter hook prerouting priority dstnat - 10; policy accept;
              ct state new jump firewall-check
            }
            chain filter-output-pre-dnat {
              type filter hook output priority -110; policy accept;
              ct state new jump firewall-check
            }
            chain filter-input {
              type filter hook input priority filter; policy accept;
              ct state new jump nodeport-endpoints-check
              ct state new jump service-endpoints-check
            }
            chain filter-forward {
              type filter hook forward priority filter; policy accept;
              ct state new jump service-endpoints-check
              ct state new jump cluster-ips-check
            }
            chain filter-output {
              type filter hook output priority filter; policy accept;
              ct state new jump service-endpoints-check
              ct state new jump cluster-ips-check
            }
            chain nat-prerouting {
              type nat hook prerouting priority dstnat; policy accept;
              jump services
            }
            chain nat-output {
              type nat hook output priority -100; policy accept;
              jump services
            }
            chain nat-postrouting {
              type nat hook postrouting priority srcnat; policy accept;
              jump masquerading
            }
            """;

    private static final String CHECKS = """
            chain nodeport-endpoints-check {
              IP daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports
            }
            chain service-endpoints-check {
              IP daddr . meta l4proto . th dport vmap @no-endpoint-services
            }
            chain firewall-check {
              IP daddr . meta l4proto . th dport vmap @firewall-ips
            }
            chain services {
              IP daddr @cluster-ipsOUTSIDE meta mark set meta mark | 0x00004000 comment "REASON"
              IP daddr . meta l4proto . th dport vmap @service-ips
              IP daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
            }
            chain masquerading {
              meta mark & 0x00004000 != 0 meta mark set meta mark ^ 0x00004000 masquerade fully-random
              ct status dnat IP saddr . IP daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random
            }
            chain cluster-ips-check {
              IP daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"
              IP daddr SERVICE-CIDR drop comment "Drop traffic to unallocated ClusterIPs"
            }
            chain reject-chain {
              comment "helper for @no-endpoint-services / @no-endpoint-nodeports"
              reject
            }
            """;
}
