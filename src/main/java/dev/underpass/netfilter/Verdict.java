package dev.underpass.netfilter;

import dev.underpass.net.IpAddress.Family;

/// How the walk through the chains goes on after a rule.
sealed interface Verdict extends Statement {

    enum Plain implements Verdict {
        CONTINUE,
        ACCEPT,
        DROP,
        RETURN,
        /// The rule ends here, as if it did not match.
        BREAK
    }

    /// Discards with an answer.
    ///
    /// @param with as `--reject-with` names it
    record Reject(String with) implements Verdict {

        /// The answer for a packet of this family, where a rule is for both.
        String to(Family family) {
            return with.replace("icmpx-", family == Family.IPV4 ? "icmp-" : "icmp6-");
        }
    }

    record Jump(String chain) implements Verdict {}

    record Goto(String chain) implements Verdict {}

    /// Something that may discard the packet or may not: a queue to a process, an unknown target.
    record Unknown(String what) implements Verdict {}
}
