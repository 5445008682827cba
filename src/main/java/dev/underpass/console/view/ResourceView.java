package dev.underpass.console.view;

import dev.underpass.console.analysis.ResourceState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a kind of resource can be read, as pages and API show it.
///
/// @param resource as RBAC and kubectl name it
/// @param apiVersion what the console asks for
/// @param status in lower case
/// @param reason what the API said; null when all is well
/// @param cost what the console cannot say without it; null when it can be read
/// @param objects how many there are; null when nobody knows
/// @param unreadable the objects that are left out
public record ResourceView(
        String resource,
        String apiVersion,
        String status,
        @Nullable String reason,
        @Nullable String cost,
        String since,
        @Nullable Integer objects,
        List<Unreadable> unreadable) {

    /// An object that is left out, and why.
    public record Unreadable(String name, String reason) {}

    private static final Map<String, String> COSTS = Map.ofEntries(
            Map.entry("nodes", "drift is not worked out, because the nodes' addresses are unknown"),
            Map.entry("namespaces", "namespaces' labels are unknown"),
            Map.entry("pods", "only Pods that agents report and name are known, without labels and owners"),
            Map.entry("services", "no Service is known: only traces to plain addresses can be asked for"),
            Map.entry(
                    "endpointslices",
                    "whether kube-proxy's rules match the endpoints cannot be told (no U73, U74; U56 only for addresses that nobody has)"),
            Map.entry("configmaps", "kube-proxy's, kubeadm's and Cilium's settings are unknown"),
            Map.entry("servicecidrs", "further Service ranges are unknown: addresses in them count as any other"),
            Map.entry("networkpolicies", "policies are known only by the rules that enforce them"),
            Map.entry("ippools", "Calico's Pod ranges are unknown"),
            Map.entry("ciliumpodippools", "Cilium's Pod ranges are unknown"),
            Map.entry("ciliumnodes", "the Pod ranges that Cilium gave to nodes are unknown"),
            Map.entry(
                    "network-attachment-definitions", "drift is not worked out: who chains the coordinator is unknown"),
            Map.entry("spidercoordinators", "drift is not worked out: the cluster's coordinator settings are unknown"),
            Map.entry("spiderippools", "pools are unknown: exhaustion (U38) and their gateways cannot be told"),
            Map.entry("spidersubnets", "subnets are unknown"),
            Map.entry("spiderreservedips", "reserved addresses are unknown"),
            Map.entry("spiderendpoints", "the addresses and gateways that Spiderpool gave to Pods are unknown"),
            Map.entry("spidermultusconfigs", "SpiderMultusConfigs are unknown; the networks made of them are not"));

    public ResourceView {
        unreadable = List.copyOf(unreadable);
    }

    public static ResourceView of(ResourceState state) {
        var kind = state.kind();
        return new ResourceView(
                kind.resource(),
                kind.apiVersion(),
                state.status().name().toLowerCase(Locale.ROOT),
                state.reason(),
                state.complete() ? null : COSTS.get(kind.plural()),
                state.since().toString(),
                state.observed() ? state.objects() : null,
                state.unreadable().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Unreadable(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
