package dev.underpass.cluster;

import dev.underpass.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Pod, trimmed to what matters for its network.
///
/// @param node where it runs, absent while it is pending
/// @param addresses `status.podIPs`
/// @param networks what Multus says it attached (`network-status`), in its order
/// @param ports the named container ports, by name
/// @param flags the command line flags of a control plane component; empty for other Pods
/// @param workload what makes it anew when it is restarted, such as `Deployment web`; absent where nothing does
public record Pod(
        ObjectName name,
        String uid,
        @Nullable NodeName node,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean hostNetwork,
        @Nullable String runtimeClass,
        String phase,
        boolean ready,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        List<IpAddress> addresses,
        List<AttachedNetwork> networks,
        Map<String, Integer> ports,
        List<String> flags,
        @Nullable String workload) {

    /// The annotation that names the network of a Pod's first NIC.
    public static final String DEFAULT_NETWORK = "v1.multus-cni.io/default-network";

    /// The annotation that names the networks of its further NICs.
    public static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";

    public Pod {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        addresses = List.copyOf(addresses);
        networks = List.copyOf(networks);
        ports = Map.copyOf(ports);
        flags = List.copyOf(flags);
    }

    /// One NIC in `network-status`.
    ///
    /// @param name the NetworkAttachmentDefinition as `namespace/name`, or the cluster network's plain name
    public record AttachedNetwork(String name, String device, List<IpAddress> addresses, boolean isDefault) {
        public AttachedNetwork {
            addresses = List.copyOf(addresses);
        }
    }
}
