package dev.underpass.cluster;

import dev.underpass.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the cluster says of its Service and Pod ranges and of what implements them.
///
/// @param configMaps the data of `kube-proxy`, `kubeadm-config`, `cilium-config`, by `namespace/name`
public record CniResources(
        List<ServiceCidr> serviceCidrs, List<CalicoPool> calicoPools, Map<ObjectName, Map<String, String>> configMaps) {

    public static final CniResources NONE = new CniResources(List.of(), List.of(), Map.of());

    public CniResources {
        serviceCidrs = List.copyOf(serviceCidrs);
        calicoPools = List.copyOf(calicoPools);
        configMaps = Map.copyOf(configMaps);
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
}
