package dev.underpass.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The packet filter rules of one network namespace; a null section was not observed.
///
/// @param iptables text of `iptables-save`, `ip6tables` of `ip6tables-save`, with their legacy variants
/// @param nftables what `nft -j list ruleset` printed
/// @param ipsets the sets that iptables rules may match
public record FilterReport(
        @Nullable String iptables,
        @Nullable String ip6tables,
        @Nullable String iptablesLegacy,
        @Nullable String ip6tablesLegacy,
        @Nullable JsonText nftables,
        @Nullable List<IpSet> ipsets) {

    public static final FilterReport NOT_OBSERVED = new FilterReport(null, null, null, null, null, null);

    public FilterReport {
        ipsets = ipsets == null ? null : List.copyOf(ipsets);
    }

    /// The tree of `nft -j list ruleset`; null when not observed.
    public @Nullable Map<String, ?> nftTree() {
        return nftables == null ? null : nftables.tree();
    }
}
