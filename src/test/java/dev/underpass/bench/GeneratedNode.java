package dev.underpass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the reports of a generated cluster's nodes out of a recorded one.
final class GeneratedNode {

    private static final Set<String> RECORDED_DEVICES =
            Set.of("caliedbab45572c", "vethbb82030dbc2", "veth6ca202c88e5", "cali4e77032fd68");
    private static final String TEMPLATE_MAC = "02:00:0a:06:d4:61";

    private final GeneratedCluster cluster;
    private final ObjectNode recorded;
    private final String iptables;

    GeneratedNode(GeneratedCluster cluster, ObjectNode recorded) {
        this.cluster = cluster;
        this.recorded = recorded;
        this.iptables = new GeneratedServices(cluster)
                .rules(recorded.path("host").path("iptables").asString());
    }

    /// The recorded text of a Pod or a host, without IPv6.
    private static ObjectNode legacy(JsonNode namespace) {
        var copy = (ObjectNode) namespace.deepCopy();
        copy.putArray("routes6");
        copy.put("ip6tables", "");
        copy.set("nftables", JSON_EMPTY.deepCopy());
        for (var link : copy.withArray("addresses")) {
            drop(
                    (ArrayNode) link.path("addr_info"),
                    each -> each.path("family").asString().equals("inet6"));
        }
        drop(copy.withArray("neighbours"), each -> each.path("dst").asString().contains(":"));
        return copy;
    }

    private static final JsonNode JSON_EMPTY = GeneratedCluster.JSON.readTree("{\"nftables\":[]}");

    private static void drop(ArrayNode array, java.util.function.Predicate<JsonNode> unwanted) {
        var kept = new ArrayList<JsonNode>();
        array.forEach(each -> {
            if (!unwanted.test(each)) {
                kept.add(each);
            }
        });
        array.removeAll();
        array.addAll(kept);
    }

    ObjectNode report(int node) {
        var report = recorded.deepCopy();
        report.put("node", "node" + node);
        var pods = cluster.podsOn(node);
        report.set("host", host(node, pods));
        report.putArray("pods").addAll(pods.stream().map(this::pod).toList());
        return report;
    }

    private JsonNode pod(GeneratedPod pod) {
        for (var each : recorded.path("pods")) {
            if (each.path("name").asString().equals(pod.template())) {
                var text = GeneratedCluster.widened(legacy(each).toString());
                var copy = (ObjectNode) GeneratedCluster.JSON.readTree(pod.renamed(text));
                if (pod.faulty()) {
                    drop(
                            copy.withArray("routes"),
                            route -> route.path("dst").asString().equals("10.233.0.0/18"));
                }
                return copy;
            }
        }
        throw new IllegalStateException("no Pod " + pod.template());
    }

    private ObjectNode host(int node, List<GeneratedPod> pods) {
        var host = legacy(recorded.path("host"));
        for (var section : List.of("links", "addresses")) {
            drop(
                    host.withArray(section),
                    each -> RECORDED_DEVICES.contains(each.path("ifname").asString()));
        }
        for (var section : List.of("routes", "neighbours")) {
            drop(host.withArray(section), each -> isLocal(each, section));
        }
        var text = host.toString()
                .replace("10.6.212.101", GeneratedCluster.nodeAddress(node))
                .replace(TEMPLATE_MAC, nodeMac(node));
        var copy = (ObjectNode) GeneratedCluster.JSON.readTree(GeneratedCluster.widened(text));
        copy.put("iptables", iptables);
        pods.forEach(pod -> attach(copy, pod));
        addBlocks(copy.withArray("routes"), node);
        return copy;
    }

    private static boolean isLocal(JsonNode line, String section) {
        return RECORDED_DEVICES.contains(line.path("dev").asString())
                || line.path("dst").asString().startsWith("10.233.")
                || (section.equals("neighbours")
                        && !line.path("dst").asString().equals("10.6.0.1")
                        && !line.path("dst").asString().equals("10.6.212.100"));
    }

    private static String nodeMac(int node) {
        return "02:00:0b:06:%02x:%02x".formatted(node >> 8, node & 0xff);
    }

    /// The Pod's link, and what the CNI writes for it on the node.
    private void attach(ObjectNode host, GeneratedPod pod) {
        var link = recordedLink(pod);
        host.withArray("links").add(link);
        var addresses = host.withArray("addresses").addObject();
        addresses.put("ifindex", pod.index()).put("ifname", pod.device()).put("address", pod.hostMac());
        addresses.putArray("addr_info");
        var route =
                host.withArray("routes").addObject().put("dst", pod.address()).put("dev", pod.device());
        route.put("scope", "link").putArray("flags");
        if (!pod.overlay()) {
            route.put("table", "500");
        }
        host.withArray("neighbours")
                .addObject()
                .put("dst", pod.address())
                .put("dev", pod.device())
                .put("lladdr", pod.mac())
                .putArray("state")
                .add(pod.overlay() ? "STALE" : "PERMANENT");
        host.withObject("/sysctls")
                .put("net.ipv4.conf.%s.rp_filter".formatted(pod.device()), "0")
                .put("net.ipv4.conf.%s.forwarding".formatted(pod.device()), "1")
                .put("net.ipv4.conf.%s.proxy_arp".formatted(pod.device()), pod.overlay() ? "1" : "0")
                .put("net.ipv4.conf.%s.accept_local".formatted(pod.device()), "0");
    }

    private ObjectNode recordedLink(GeneratedPod pod) {
        var name = pod.overlay() ? "caliedbab45572c" : "vethbb82030dbc2";
        for (var link : recorded.path("host").path("links")) {
            if (link.path("ifname").asString().equals(name)) {
                var copy = (ObjectNode) link.deepCopy();
                copy.remove("link_netnsid");
                return copy.put("ifindex", pod.index())
                        .put("ifname", pod.device())
                        .put("address", pod.hostMac());
            }
        }
        throw new IllegalStateException("no link " + name);
    }

    /// Calico's block of the node, and the others' by their nodes.
    private void addBlocks(ArrayNode routes, int node) {
        for (int other = 0; other < cluster.nodes(); other++) {
            var block = "10.244.%d.%d/26".formatted(other / 4, other % 4 * 64);
            var route = routes.addObject().put("dst", block);
            if (other == node) {
                route.put("type", "blackhole").put("protocol", "80").putArray("flags");
            } else {
                route.put("gateway", GeneratedCluster.nodeAddress(other))
                        .put("dev", "eth0")
                        .put("protocol", "bird")
                        .putArray("flags")
                        .add("onlink");
            }
        }
    }
}
