package dev.underpass.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read of the node itself.
///
/// @param cniConfig the files of `/etc/cni/net.d`, by name
public record HostReport(
        NamespaceReport namespace,
        @Nullable String kernelRelease,
        @Nullable KubeProxy kubeProxy,
        Map<String, String> cniConfig,
        @Nullable ConntrackCounters conntrack) {

    public HostReport {
        cniConfig = Map.copyOf(cniConfig);
    }

    /// How kube-proxy runs on the node.
    ///
    /// @param mode `iptables`, `ipvs`, `nftables`, `none` or `unknown`
    public record KubeProxy(
            String mode,
            @Nullable String clusterCidr,
            @Nullable Boolean masqueradeAll,
            @Nullable String detectLocalMode) {}

    /// How full the connection tracking table is.
    public record ConntrackCounters(long count, long max, long insertFailed, long drop) {}
}
