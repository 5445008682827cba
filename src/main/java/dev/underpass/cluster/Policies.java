package dev.underpass.cluster;

import java.util.List;
import java.util.Map;

/// The NetworkPolicies of a cluster, and the namespaces that they and other selectors speak of.
public record Policies(List<Namespace> namespaces, List<NetworkPolicy> networkPolicies) {

    public static final Policies NONE = new Policies(List.of(), List.of());

    public Policies {
        namespaces = List.copyOf(namespaces);
        networkPolicies = List.copyOf(networkPolicies);
    }

    /// A namespace.
    public record Namespace(String name, Map<String, String> labels) {
        public Namespace {
            labels = Map.copyOf(labels);
        }
    }

    /// A NetworkPolicy, trimmed to the Pods that it selects.
    ///
    /// @param matchLabels the selector's labels; empty for all Pods of the namespace
    /// @param hasExpressions whether the selector has `matchExpressions`, which are not kept
    /// @param types `Ingress`, `Egress`
    public record NetworkPolicy(
            ObjectName name, Map<String, String> matchLabels, boolean hasExpressions, List<String> types) {
        public NetworkPolicy {
            matchLabels = Map.copyOf(matchLabels);
            types = List.copyOf(types);
        }
    }
}
