package dev.underpass.netfilter;

import dev.underpass.words.Sentence;

/// A rule, a policy or a connection entry that changed a packet or decided its fate.
///
/// @param table `nat` for iptables, `ip kube-proxy` for nft, `conntrack` for a connection entry
/// @param chain empty for a connection entry
/// @param line the rule exactly as in iptables-save, or in nft's notation
/// @param detail what it did: the packet before and after
public record Evidence(Step step, String table, String chain, String line, Sentence detail) {

    /// What kind of decision it was.
    public enum Step {
        DNAT,
        MASQUERADE,
        MARK,
        CONNTRACK,
        FILTER
    }
}
