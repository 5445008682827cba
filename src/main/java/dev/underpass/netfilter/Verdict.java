package dev.underpass.netfilter;

/// How the walk through the chains goes on after a rule.
sealed interface Verdict extends Statement {

    enum Plain implements Verdict {
        CONTINUE,
        ACCEPT,
        DROP,
        RETURN
    }

    /// Discards with an answer.
    ///
    /// @param with as `--reject-with` names it
    record Reject(String with) implements Verdict {}

    record Jump(String chain) implements Verdict {}

    record Goto(String chain) implements Verdict {}

    /// Something that may discard the packet or may not: a queue to a process, an unknown target.
    record Unknown(String what) implements Verdict {}
}
