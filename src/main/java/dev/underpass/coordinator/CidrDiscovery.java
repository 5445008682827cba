package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.CniResources.CalicoPool;
import dev.underpass.cluster.Pod;
import dev.underpass.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Service and Pod ranges that the cluster's own resources tell, where Spiderpool looks for them.
///
/// @param podCidrType `calico`, `cilium`, `cluster` or `none`: what `auto` comes to, as far as resources show it
public record CidrDiscovery(String podCidrType, List<Range> services, List<Range> overlayPods) {

    /// A range, and the line that tells it.
    public record Range(IpPrefix prefix, String source) {

        @Override
        public String toString() {
            return "%s: %s".formatted(source, prefix);
        }
    }

    public CidrDiscovery {
        services = List.copyOf(services);
        overlayPods = List.copyOf(overlayPods);
    }

    /// Reads the ranges.
    ///
    /// @param type the SpiderCoordinator's `podCIDRType`
    public static CidrDiscovery of(ClusterSnapshot snapshot, String type) {
        var known = type.equals("auto") ? automatic(snapshot) : type;
        var overlay = switch (known) {
            case "calico" -> calico(snapshot);
            case "cilium" -> cilium(snapshot);
            case "none" -> List.<Range>of();
            default -> cluster(snapshot, "podSubnet", "--cluster-cidr");
        };
        var services = new ArrayList<>(cluster(snapshot, "serviceSubnet", "--service-cluster-ip-range"));
        for (var object : snapshot.cni().serviceCidrs()) {
            object.cidrs().forEach(cidr -> services.add(new Range(cidr, "ServiceCIDR " + object.name())));
        }
        return new CidrDiscovery(known, services, overlay);
    }

    /// Spiderpool takes the type from the nodes' CNI configuration; resources show it by what is installed.
    private static String automatic(ClusterSnapshot snapshot) {
        var first = snapshot.reports().values().stream()
                .map(report -> report.host().cniConfig())
                .flatMap(Stream::ofNullable)
                .flatMap(files -> files.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .limit(1))
                .map(Map.Entry::getValue)
                .findFirst();
        if (first.isPresent()) {
            var text = first.get();
            return text.contains("\"calico\"") ? "calico" : text.contains("\"cilium-cni\"") ? "cilium" : "none";
        }
        return !snapshot.cni().calicoPools().isEmpty()
                ? "calico"
                : snapshot.cni().configMap("cilium-config").isPresent() ? "cilium" : "none";
    }

    private static List<Range> calico(ClusterSnapshot snapshot) {
        return snapshot.cni().calicoPools().stream()
                .filter(pool -> !pool.disabled())
                .map(CidrDiscovery::range)
                .toList();
    }

    private static Range range(CalicoPool pool) {
        return new Range(pool.cidr(), "Calico IPPool " + pool.name());
    }

    /// Which ranges Cilium uses depends on its IPAM mode.
    private static List<Range> cilium(ClusterSnapshot snapshot) {
        var config = snapshot.cni().configMap("cilium-config").orElse(Map.of());
        var ipam = config.getOrDefault("ipam", "cluster-pool");
        return switch (ipam) {
            case "multi-pool" ->
                snapshot.cni().ciliumPools().stream()
                        .flatMap(pool -> pool.cidrs().stream().map(c -> new Range(c, "CiliumPodIPPool " + pool.name())))
                        .toList();
            case "kubernetes" -> cluster(snapshot, "podSubnet", "--cluster-cidr");
            default ->
                Stream.of("cluster-pool-ipv4-cidr", "cluster-pool-ipv6-cidr")
                        .flatMap(key -> ranges(config.getOrDefault(key, ""), "cilium-config " + key).stream())
                        .toList();
        };
    }

    /// kubeadm's configuration wins; without one, the controller manager's command line is read.
    private static List<Range> cluster(ClusterSnapshot snapshot, String field, String flag) {
        var said =
                ranges(snapshot.cni().line("kubeadm-config", "ClusterConfiguration", field), "kubeadm-config " + field);
        return said.isEmpty() ? controllerManager(snapshot, flag) : said;
    }

    private static List<Range> controllerManager(ClusterSnapshot snapshot, String flag) {
        return snapshot.pods().stream()
                .filter(pod -> "kube-controller-manager".equals(pod.labels().get("component")))
                .limit(1)
                .map(Pod::flags)
                .flatMap(List::stream)
                .filter(each -> each.startsWith(flag + "="))
                .flatMap(each -> ranges(each.substring(flag.length() + 1), "kube-controller-manager " + flag).stream())
                .toList();
    }

    /// The ranges of a text such as `10.244.0.0/16,fd00::/48`; what is none is passed over, as it can be in no route.
    private static List<Range> ranges(String text, String source) {
        var ranges = new ArrayList<Range>();
        for (var part : text.split("[,\\s]+", -1)) {
            try {
                if (!part.isEmpty()) {
                    ranges.add(new Range(IpPrefix.parse(part), source));
                }
            } catch (IllegalArgumentException _) {
                // A configuration may hold anything; the finding names the addresses that lack a range.
            }
        }
        return ranges;
    }
}
