package dev.underpass.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read of the node itself.
///
/// @param cniConfig the files of `/etc/cni/net.d`, by name; null when not observed
/// @param errors what could not be read, and why
public record HostReport(
        NamespaceReport namespace,
        @Nullable String kernelRelease,
        @Nullable KubeProxy kubeProxy,
        @Nullable Map<String, String> cniConfig,
        @Nullable ConntrackCounters conntrack,
        List<String> errors) {

    public static final HostReport NOT_OBSERVED =
            new HostReport(NamespaceReport.NOT_OBSERVED, null, null, null, null, List.of());

    public HostReport {
        cniConfig = cniConfig == null ? null : Map.copyOf(cniConfig);
        errors = List.copyOf(errors);
    }

    /// The same with another namespace.
    public HostReport with(NamespaceReport other) {
        return new HostReport(other, kernelRelease, kubeProxy, cniConfig, conntrack, errors);
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
