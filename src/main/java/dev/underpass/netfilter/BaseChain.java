package dev.underpass.netfilter;

/// A chain that the kernel calls at a hook.
///
/// @param registered the later of two chains of one priority is called first
/// @param policy what becomes of a packet that no rule decides; always ACCEPT or DROP
/// @param policyText the line that says so
record BaseChain(
        Chain chain, Hook hook, Type type, int priority, long registered, Verdict.Plain policy, String policyText) {

    /// What the chain is for.
    enum Type {
        FILTER,
        /// Makes the kernel route again when it changes the mark (iptables mangle, nft type route).
        ROUTE,
        NAT
    }
}
