package dev.underpass.netfilter;

/// Whether a condition holds for a packet.
enum Truth {
    NO,
    YES,
    /// Now and then: the kernel draws.
    CHANCE,
    /// Nobody can tell from a report.
    UNKNOWN;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    Truth negated() {
        return switch (this) {
            case NO -> YES;
            case YES -> NO;
            case CHANCE, UNKNOWN -> this;
        };
    }
}
