package dev.underpass.report;

import dev.underpass.net.NetworkState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read in one network namespace; a null section was not observed.
///
/// @param netnsIds by which number this namespace knows others: `{link-netnsid: Pod uid or "host"}`
/// @param iptables text of `iptables-save`, `ip6tables` of `ip6tables-save`, with their legacy variants
/// @param nftables the tree of `nft -j list ruleset`
public record NamespaceReport(
        NetworkState network,
        Map<Integer, String> netnsIds,
        @Nullable String iptables,
        @Nullable String ip6tables,
        @Nullable String iptablesLegacy,
        @Nullable String ip6tablesLegacy,
        @Nullable Map<String, ?> nftables,
        @Nullable List<VirtualServer> ipvs,
        @Nullable List<Listener> listeners,
        @Nullable String resolvConf) {

    public static final NamespaceReport NOT_OBSERVED =
            new NamespaceReport(NetworkState.NOT_OBSERVED, Map.of(), null, null, null, null, null, null, null, null);

    public NamespaceReport {
        netnsIds = Map.copyOf(netnsIds);
        nftables = nftables == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(nftables));
        ipvs = ipvs == null ? null : List.copyOf(ipvs);
        listeners = listeners == null ? null : List.copyOf(listeners);
    }
}
