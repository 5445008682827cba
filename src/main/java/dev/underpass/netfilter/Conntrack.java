package dev.underpass.netfilter;

/// The sysctls of connection tracking that decide what is INVALID.
///
/// @param tcpLoose `nf_conntrack_tcp_loose`: an ACK of an unknown connection makes an entry
/// @param tcpBeLiberal `nf_conntrack_tcp_be_liberal`: packets out of window are not INVALID;
///   without effect here, where every packet is in window
public record Conntrack(boolean tcpLoose, boolean tcpBeLiberal) {

    /// What a kernel starts with.
    public static Conntrack defaults() {
        return new Conntrack(true, false);
    }
}
