package dev.underpass.netfilter;

/// Where the outcome is not fixed by the packet: each call is a branch that the caller explores.
///
/// Evaluation is deterministic: the same packet and the same answers ask the same questions.
public interface Choices {

    /// Why the packet alone does not decide.
    enum Kind {
        /// Load is shared: `statistic`, `numgen`, a translation to a range.
        BACKEND,
        /// A rule that cannot be evaluated; 0 = it does not match or act, 1 = it does.
        UNKNOWN_RULE
    }

    /// The alternative to follow, from 0 to `alternatives` - 1.
    ///
    /// @param rule the rule in its own notation
    int choose(Kind kind, String rule, int alternatives);
}
