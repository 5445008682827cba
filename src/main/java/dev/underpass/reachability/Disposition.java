package dev.underpass.reachability;

/// How a connection ends, in the words of the REST API; the later one is the worse one of two backends'.
public enum Disposition {
    DELIVERED,
    MTU_RISK,
    /// It leaves what the cluster knows; a probe can tell.
    EXITS_TO_FABRIC,
    UNDETERMINED,
    REFUSED,
    NO_ENDPOINT,
    DROPPED_BY_RULE,
    REPLY_ASYMMETRIC,
    RPF_DROP,
    NEIGHBOUR_FAILED,
    NO_DNAT,
    WRONG_NIC,
    NO_ROUTE;

    /// The three answers that people ask for.
    public enum Fold {
        REACHABLE,
        UNDETERMINED,
        UNREACHABLE
    }

    public Fold fold() {
        return switch (this) {
            case DELIVERED -> Fold.REACHABLE;
            case MTU_RISK, EXITS_TO_FABRIC, UNDETERMINED -> Fold.UNDETERMINED;
            case REFUSED,
                    NO_ENDPOINT,
                    DROPPED_BY_RULE,
                    REPLY_ASYMMETRIC,
                    RPF_DROP,
                    NEIGHBOUR_FAILED,
                    NO_DNAT,
                    WRONG_NIC,
                    NO_ROUTE -> Fold.UNREACHABLE;
        };
    }
}
