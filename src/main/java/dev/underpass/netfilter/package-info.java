/// The packet filters of a network namespace as reported by iptables and nft: parsed, and evaluated
/// for one simulated connection with its connection tracking and address translation.
///
/// Order of hooks, verdicts and translation follow `net/netfilter` of Linux.
@NullMarked
package dev.underpass.netfilter;

import org.jspecify.annotations.NullMarked;
