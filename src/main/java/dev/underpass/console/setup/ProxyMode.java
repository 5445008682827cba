package dev.underpass.console.setup;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.underpass.cluster.NodeName;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.report.HostReport.KubeProxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The nodes on which kube-proxy was seen to run in one way.
///
/// @param mode `iptables`, `ipvs`, `nftables`, `none`, or `unknown` where no report that counts tells it
/// @param nodes the first of them, at most [Agents#MOST]
/// @param all how many they are
public record ProxyMode(String mode, List<String> nodes, int all) {

    private static final String UNKNOWN = "unknown";
    private static final Set<String> MODES = Set.of("iptables", "ipvs", "nftables", "none");

    public ProxyMode {
        nodes = List.copyOf(nodes);
    }

    /// All nodes by the mode of each; the sum of them is all that are known.
    static List<ProxyMode> of(ClusterView cluster) {
        var byMode = cluster.analysis().snapshot().nodes().stream()
                .collect(groupingBy(
                        node -> mode(cluster, node.name()),
                        TreeMap::new,
                        mapping(node -> node.name().value(), toList())));
        return byMode.entrySet().stream()
                .map(entry -> new ProxyMode(
                        entry.getKey(),
                        entry.getValue().stream().limit(Agents.MOST).toList(),
                        entry.getValue().size()))
                .toList();
    }

    private static String mode(ClusterView cluster, NodeName node) {
        return cluster.report(node)
                .flatMap(report -> Optional.ofNullable(report.host().kubeProxy()))
                .map(KubeProxy::mode)
                .filter(MODES::contains)
                .orElse(UNKNOWN);
    }

    /// Whether a report tells it.
    public boolean known() {
        return !mode.equals(UNKNOWN);
    }

    /// What the check comes to: it lacks nothing where it is known everywhere, whatever it is.
    static Result result(List<ProxyMode> modes) {
        return !modes.isEmpty() && modes.stream().allMatch(ProxyMode::known) ? Result.GOOD : Result.UNKNOWN;
    }
}
