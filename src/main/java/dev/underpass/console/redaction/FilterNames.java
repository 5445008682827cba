package dev.underpass.console.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Names and comments in packet filters: those that kube-proxy and the network plugins made up say nothing of a
/// cluster;
/// others are replaced.
final class FilterNames {

    private static final Set<String> TABLES_AND_HOOKS = Set.of(
            "filter",
            "nat",
            "mangle",
            "raw",
            "security",
            "PREROUTING",
            "INPUT",
            "FORWARD",
            "OUTPUT",
            "POSTROUTING",
            "prerouting",
            "input",
            "forward",
            "output",
            "postrouting",
            "firewalld",
            "inet",
            "calico",
            "cilium",
            "kube-proxy");

    /// Hashes and fixed names, in which no other name shows.
    private static final Pattern WELL_KNOWN =
            Pattern.compile("(KUBE|CILIUM|CNI|FLANNEL|DOCKER|LIBVIRT|cali)[-_A-Za-z0-9:]*");

    /// Of kube-proxy in nftables mode.
    private static final Set<String> KUBE_PROXY = Set.of(
            "filter-prerouting-pre-dnat",
            "filter-output-pre-dnat",
            "filter-prerouting",
            "filter-input",
            "filter-forward",
            "filter-output",
            "nat-prerouting",
            "nat-output",
            "nat-postrouting",
            "nodeport-endpoints-check",
            "service-endpoints-check",
            "firewall-check",
            "services",
            "masquerading",
            "cluster-ips-check",
            "reject-chain",
            "mark-for-masquerade",
            "hairpin-connections",
            "cluster-ips",
            "nodeport-ips",
            "no-endpoint-services",
            "no-endpoint-nodeports",
            "firewall-ips",
            "service-ips",
            "service-nodeports",
            "ct_state_invalid_dropped_pkts",
            "iptables_localhost_nodeports_dropped_pkts",
            "localhost_nps_accepted_pkts");

    /// `endpoint-4KKOSOGZ-lab/web/tcp/http__10.233.74.70/8080`: what stands before the names is unique.
    private static final Pattern OF_SERVICE = Pattern.compile("(?<own>[a-z-]+-[A-Z2-7]{8})-.*/.*");

    private static final Pattern SERVICE_COMMENT =
            Pattern.compile("(?<namespace>[a-z0-9-]+)/(?<name>[a-z0-9.-]+?)(:(?<port>[a-z0-9-]+))?(?<rest> .*)?");

    /// The words of the comments that kube-proxy and Calico write.
    private static final Set<String> WORDS = Set.of(
            "kubernetes",
            "load",
            "balancer",
            "firewall",
            "health",
            "check",
            "service",
            "ports",
            "externally-visible",
            "portals",
            "forwarding",
            "rules",
            "conntrack",
            "rule",
            "traffic",
            "requiring",
            "SNAT",
            "postrouting",
            "block",
            "incoming",
            "localnet",
            "connections",
            "has",
            "no",
            "local",
            "endpoints",
            "endpoint",
            "cluster",
            "IP",
            "IPs",
            "loadbalancer",
            "external",
            "masquerade",
            "clusterIP",
            "from",
            "outside",
            "to",
            "invalid",
            "Reject",
            "Drop",
            "of",
            "ClusterIPs",
            "unallocated",
            "node",
            "port",
            "nodeport",
            "pod",
            "source",
            "for",
            "route",
            "LOCAL",
            "Kubernetes",
            "nodeports;",
            "NOTE:",
            "this",
            "must",
            "be",
            "the",
            "last",
            "in",
            "chain",
            "is",
            "and",
            "hairpin",
            "ExternalIP",
            "LoadBalancer",
            "NodePort",
            "that",
            "accept",
            "drop",
            "or",
            "reject",
            "packets",
            "services",
            "with",
            "destinations",
            "are",
            "subject",
            "LoadBalancerSourceRanges",
            "Active");

    private final Leaves leaves;

    FilterNames(Leaves leaves) {
        this.leaves = leaves;
    }

    /// The name of a table, chain, set or map.
    String of(String name) {
        if (TABLES_AND_HOOKS.contains(name)
                || KUBE_PROXY.contains(name)
                || WELL_KNOWN.matcher(name).matches()) {
            return name;
        }
        var service = OF_SERVICE.matcher(name);
        return service.matches() ? service.group("own") : leaves.pseudonyms().name(NameKind.CHAIN, name);
    }

    /// A comment with other names; words of unknown meaning are left out.
    String comment(String text) {
        var service = SERVICE_COMMENT.matcher(text);
        if (!service.matches() || !isService(service.group("namespace"), service.group("name"))) {
            return words(text);
        }
        var port = service.group("port");
        var rest = service.group("rest");
        return leaves.pseudonyms().name(NameKind.NAMESPACE, service.group("namespace"))
                + "/"
                + leaves.pseudonyms().name(NameKind.SERVICE, service.group("name"))
                + (port == null ? "" : ":" + leaves.pseudonyms().name(NameKind.PORT, port))
                + (rest == null ? "" : " " + words(rest));
    }

    private boolean isService(String namespace, String name) {
        var pseudonyms = leaves.pseudonyms();
        return pseudonyms.knows(NameKind.NAMESPACE, namespace) && pseudonyms.knows(NameKind.SERVICE, name);
    }

    private String words(String text) {
        List<String> kept = new ArrayList<>();
        for (var word : text.strip().split("\\s+", -1)) {
            if (WORDS.contains(word)) {
                kept.add(leaves.pseudonyms().word(word));
            }
        }
        return String.join(" ", kept);
    }
}
