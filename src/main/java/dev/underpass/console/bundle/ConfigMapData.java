package dev.underpass.console.bundle;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The settings of the cluster's network in the ConfigMaps of kube-proxy, kubeadm and Cilium.
final class ConfigMapData {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private static final Map<String, KeptFields> DOCUMENTS = Map.of(
            "config.conf",
            KeptFields.of(
                    "apiVersion",
                    "kind",
                    "mode",
                    "clusterCIDR",
                    "detectLocalMode",
                    "detectLocal",
                    "nodePortAddresses",
                    "iptables",
                    "ipvs",
                    "nftables",
                    "conntrack"),
            "ClusterConfiguration",
            KeptFields.of(
                    "apiVersion", "kind", "kubernetesVersion", "networking.podSubnet", "networking.serviceSubnet"));

    private static final Set<String> CILIUM = Set.of(
            "ipam",
            "cluster-pool-ipv4-cidr",
            "cluster-pool-ipv6-cidr",
            "cluster-pool-ipv4-mask-size",
            "cluster-pool-ipv6-mask-size",
            "kube-proxy-replacement",
            "routing-mode",
            "tunnel",
            "tunnel-protocol",
            "enable-ipv4",
            "enable-ipv6",
            "bpf-lb-sock");

    private ConfigMapData() {}

    /// Leaves the rest out. A document that cannot be read is left out, too.
    static void trim(ObjectNode data) {
        for (var key : data.propertyNames().stream().toList()) {
            var kept = DOCUMENTS.get(key);
            if (kept != null) {
                trim(data, key, kept);
            } else if (!CILIUM.contains(key)) {
                data.remove(key);
            }
        }
    }

    private static void trim(ObjectNode data, String key, KeptFields kept) {
        try {
            var document = YAML.readTree(data.path(key).asString(""));
            if (document.isObject()) {
                data.put(key, YAML.writeValueAsString(kept.in(document)));
                return;
            }
        } catch (JacksonException _) {
            // Such a text says nothing that the analysis could read.
        }
        data.remove(key);
    }
}
