package dev.underpass.reachability;

import dev.underpass.netfilter.CtState;
import dev.underpass.netfilter.Evidence;
import dev.underpass.netfilter.Tracked;
import dev.underpass.reachability.End.Cause;
import java.util.Locale;

/// What a packet filter's verdict means for a connection.
final class FilterCause {

    private FilterCause() {}

    /// A drop is due to connection tracking where the rule asks for its state INVALID.
    static Cause ofDrop(Tracked packet, Evidence by) {
        var line = by.line().toLowerCase(Locale.ROOT);
        if (saysNoEndpoint(by)) {
            return Cause.NO_ENDPOINT;
        }
        boolean invalid = packet.state() == CtState.INVALID && line.contains("invalid");
        return invalid ? Cause.INVALID_DROP : Cause.FILTER_DROP;
    }

    static Cause ofReject(Evidence by) {
        return saysNoEndpoint(by) ? Cause.NO_ENDPOINT : Cause.FILTER_REJECT;
    }

    /// kube-proxy names its reason in a comment (iptables) or a chain or map (nftables).
    private static boolean saysNoEndpoint(Evidence by) {
        var text = (by.line() + " " + by.chain() + " " + by.detail()).toLowerCase(Locale.ROOT);
        return text.contains("has no endpoints")
                || text.contains("has no local endpoints")
                || text.contains("no-endpoint")
                || text.contains("reject-chain");
    }
}
