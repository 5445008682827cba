package dev.underpass.reachability;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One decision on a packet's way.
///
/// @param evidence the line that decided, in the notation of `ip`, `iptables-save`, `nft` or `sysctl`
/// @param detail why it matched and what it did, one sentence
/// @param observedAt when the evidence was read; absent for what is assumed
/// @param packet the packet after this decision
/// @param device the device it is on: came in by, or leaves by
public record Hop(
        Place where,
        Step step,
        String evidence,
        String detail,
        @Nullable Instant observedAt,
        Packet packet,
        @Nullable DeviceName device) {

    /// What decided.
    public enum Step {
        SOCKET,
        SOCKET_LB,
        RULE,
        ROUTE,
        NEIGHBOUR,
        LINK,
        CONNTRACK,
        DNAT,
        FORWARD,
        MASQUERADE,
        DELIVER
    }
}
