package dev.underpass.lab;

import dev.underpass.Shell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The report that ip(8), iptables-save(8), nft(8), ss(8) and `/proc/sys` give.
final class CommandObserver implements Observer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Sections that are JSON already.
    private static final Map<String, String> JSON_SECTIONS = new LinkedHashMap<>();
    /// Sections of text, absent if there is none.
    private static final Map<String, String> TEXT_SECTIONS = new LinkedHashMap<>();

    static {
        JSON_SECTIONS.put("links", "ip -j -d link");
        JSON_SECTIONS.put("addresses", "ip -j addr");
        JSON_SECTIONS.put("rules", "ip -j rule");
        JSON_SECTIONS.put("rules6", "ip -j -6 rule");
        JSON_SECTIONS.put("routes", "ip -4 -j route show table all");
        JSON_SECTIONS.put("routes6", "ip -6 -j route show table all");
        JSON_SECTIONS.put("neighbours", "ip -s -j neigh");
        JSON_SECTIONS.put("proxyNeighbours", "ip -j neigh show proxy");
        JSON_SECTIONS.put("nftables", "nft -j list ruleset");
        JSON_SECTIONS.put("ids", "ip -j netns list-id");
        TEXT_SECTIONS.put("iptables", "iptables-nft-save 2>/dev/null");
        TEXT_SECTIONS.put("ip6tables", "ip6tables-nft-save 2>/dev/null");
        TEXT_SECTIONS.put("iptablesLegacy", "iptables-legacy-save");
        TEXT_SECTIONS.put("ip6tablesLegacy", "ip6tables-legacy-save");
        TEXT_SECTIONS.put("sockets", "ss -Hln -A tcp,udp");
        TEXT_SECTIONS.put("kernelRelease", "uname -r");
    }

    private static final List<String> PER_DEVICE = List.of(
            "ipv4/conf/*/forwarding",
            "ipv4/conf/*/rp_filter",
            "ipv4/conf/*/proxy_arp",
            "ipv4/conf/*/src_valid_mark",
            "ipv4/conf/*/arp_ignore",
            "ipv4/conf/*/arp_filter",
            "ipv4/conf/*/arp_announce",
            "ipv4/conf/*/accept_local",
            "ipv4/conf/*/route_localnet",
            "ipv4/conf/*/ignore_routes_with_linkdown",
            "ipv4/conf/*/accept_redirects",
            "ipv4/conf/*/send_redirects",
            "ipv6/conf/*/forwarding",
            "ipv6/conf/*/disable_ipv6",
            "ipv6/conf/*/proxy_ndp",
            "ipv6/conf/*/ignore_routes_with_linkdown",
            "ipv4/ip_forward",
            "ipv4/tcp_fwmark_accept",
            "ipv4/fib_multipath_hash_policy",
            "ipv6/fib_multipath_hash_policy",
            "netfilter/nf_conntrack_tcp_be_liberal",
            "netfilter/nf_conntrack_tcp_loose");

    private static final String MARK = "@@@";

    private static String script() {
        var sections = Stream.concat(JSON_SECTIONS.entrySet().stream(), TEXT_SECTIONS.entrySet().stream())
                .map(section -> "echo; echo '%s%s'\n%s\n".formatted(MARK, section.getKey(), section.getValue()))
                .collect(Collectors.joining());
        return sections
                + "echo; echo '%ssysctls'\ncd /proc/sys/net\ngrep -sH '' %s || true\n"
                        .formatted(MARK, String.join(" ", PER_DEVICE));
    }

    @Override
    public String report(Lab lab, LabNode node) {
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("apiVersion", "underpass.dev/v1");
        report.put("kind", "NodeReport");
        report.put("node", node.name());
        report.put("sequence", 1);
        report.put("bootId", "lab");
        report.put("agentVersion", "lab");
        report.put("collectedAt", Instant.now().toString());
        var host = namespace(lab, lab.namespace(node));
        host.put("kubeProxy", kubeProxy(lab.spec()));
        report.put("host", host);
        report.put("pods", Layout.pods(node).stream().map(pod -> pod(lab, pod)).toList());
        report.put("probes", List.of());
        return JSON.writeValueAsString(report);
    }

    private static Map<String, Object> kubeProxy(LabSpec spec) {
        return Map.of(
                "mode", spec.proxyMode().name().toLowerCase(java.util.Locale.ROOT),
                "clusterCIDR", clusterCidrs(spec),
                "masqueradeAll", spec.masqueradeAll(),
                "detectLocalMode", "ClusterCIDR");
    }

    static String clusterCidrs(LabSpec spec) {
        return spec.families().stream().map(spec::clusterCidr).collect(Collectors.joining(","));
    }

    private static Map<String, @Nullable Object> pod(Lab lab, LabPod pod) {
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("namespace", "lab");
        report.put("name", pod.name());
        report.put("uid", lab.namespace(pod));
        report.put("netns", lab.namespace(pod));
        report.put("error", null);
        report.putAll(namespace(lab, lab.namespace(pod)));
        return report;
    }

    private static Map<String, @Nullable Object> namespace(Lab lab, String name) {
        var result = Shell.feed(script(), "ip", "netns", "exec", name, "sh", "-e");
        if (result.status() != 0) {
            throw new IllegalStateException(name + ": " + result.err());
        }
        var sections = new HashMap<String, String>();
        for (var section : result.out().split("(?m)^" + MARK, -1)) {
            int end = section.indexOf('\n');
            if (end > 0) {
                sections.put(
                        section.substring(0, end), section.substring(end + 1).strip());
            }
        }
        var report = new LinkedHashMap<String, @Nullable Object>();
        JSON_SECTIONS.keySet().forEach(key -> report.put(key, JSON.readTree(orEmpty(sections.get(key)))));
        TEXT_SECTIONS.keySet().forEach(key -> report.put(key, orNull(sections.get(key))));
        report.put("netnsIds", ids(lab, orEmpty(sections.get("ids"))));
        report.put("listeners", listeners(sections.getOrDefault("sockets", "")));
        report.put("sysctls", sysctls(sections.getOrDefault("sysctls", "")));
        report.put("ipvs", null);
        report.keySet().removeAll(List.of("ids", "sockets"));
        return report;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? "[]" : text;
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text + "\n";
    }

    private static Map<String, String> ids(Lab lab, String json) {
        var ids = new HashMap<String, String>();
        for (var each : JSON.readTree(json)) {
            var name = each.path("name").asString("");
            if (Layout.NODES.stream().anyMatch(node -> lab.namespace(node).equals(name))) {
                ids.put(each.get("nsid").asString(), "host");
            } else if (Layout.PODS.stream().anyMatch(pod -> lab.namespace(pod).equals(name))) {
                ids.put(each.get("nsid").asString(), name);
            }
        }
        return ids;
    }

    private static List<Map<String, Object>> listeners(String sockets) {
        var listeners = new ArrayList<Map<String, Object>>();
        for (var line : sockets.lines().toList()) {
            var words = line.split("\\s+", -1);
            int colon = words[4].lastIndexOf(':');
            listeners.add(Map.of(
                    "protocol", words[0].toUpperCase(java.util.Locale.ROOT),
                    "address", words[4].substring(0, colon).replaceAll("[\\[\\]]|%.*", ""),
                    "port", Integer.parseInt(words[4].substring(colon + 1))));
        }
        return listeners;
    }

    private static Map<String, String> sysctls(String lines) {
        var sysctls = new java.util.TreeMap<String, String>();
        for (var line : lines.lines().toList()) {
            int colon = line.lastIndexOf(':');
            sysctls.put("net." + line.substring(0, colon).replace('/', '.'), line.substring(colon + 1));
        }
        return sysctls;
    }
}
