package dev.underpass.cluster;

import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the cluster says of its Service and Pod ranges and of what implements them.
///
/// @param configMaps the data of `kube-proxy`, `kubeadm-config`, `cilium-config`, by `namespace/name`
public record CniResources(
        List<ServiceCidr> serviceCidrs,
        List<CalicoPool> calicoPools,
        List<CiliumPool> ciliumPools,
        List<CiliumNode> ciliumNodes,
        Map<ObjectName, Map<String, String>> configMaps) {

    public static final CniResources NONE = new CniResources(List.of(), List.of(), List.of(), List.of(), Map.of());

    public CniResources {
        serviceCidrs = List.copyOf(serviceCidrs);
        calicoPools = List.copyOf(calicoPools);
        ciliumPools = List.copyOf(ciliumPools);
        ciliumNodes = List.copyOf(ciliumNodes);
        configMaps = Map.copyOf(configMaps);
    }

    /// The data of the ConfigMap of that name, if there is one.
    public Optional<Map<String, String>> configMap(String name) {
        return configMaps.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// The value of the first line `key: value` of a ConfigMap's file; empty where there is none.
    public String line(String name, String file, String key) {
        return configMap(name)
                .orElse(Map.of())
                .getOrDefault(file, "")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip().replace("\"", ""))
                .filter(value -> !value.isEmpty() && !value.equals("null"))
                .findFirst()
                .orElse("");
    }

    /// A ServiceCIDR object.
    public record ServiceCidr(
            String name, List<IpPrefix> cidrs, @Nullable Instant createdAt) {
        public ServiceCidr {
            cidrs = List.copyOf(cidrs);
        }
    }

    /// A Calico IPPool.
    public record CalicoPool(String name, IpPrefix cidr, boolean natOutgoing, boolean disabled, String encapsulation) {}

    /// A CiliumPodIPPool.
    public record CiliumPool(String name, List<IpPrefix> cidrs) {
        public CiliumPool {
            cidrs = List.copyOf(cidrs);
        }
    }

    /// A CiliumNode: the Pod ranges that Cilium gave to a node.
    public record CiliumNode(NodeName name, List<IpPrefix> podCidrs) {
        public CiliumNode {
            podCidrs = List.copyOf(podCidrs);
        }
    }

    /// A ConfigMap.
    ///
    /// @param data empty for all but those that set up the cluster's network
    public record ConfigMap(ObjectName name, Map<String, String> data) {

        private static final Set<String> THAT_MATTER = Set.of("kube-proxy", "kubeadm-config", "cilium-config");

        public ConfigMap {
            data = Map.copyOf(data);
        }

        /// Whether a ConfigMap of this name sets up the cluster's network.
        public static boolean matters(ObjectName name) {
            return THAT_MATTER.contains(name.name());
        }

        public boolean matters() {
            return matters(name);
        }
    }
}
