package dev.underpass.netfilter;

/// What connection tracking says of a packet, as `ctstate` and `ct state` see it.
public enum CtState {
    UNTRACKED(64),
    INVALID(1),
    NEW(8),
    ESTABLISHED(2),
    RELATED(4),
    /// Not looked up yet; rules see it as INVALID, as the kernel does.
    NONE(1);

    private final int bit;

    CtState(int bit) {
        this.bit = bit;
    }

    /// The bit of `NF_CT_STATE_BIT`, which `nft` prints.
    int bit() {
        return bit;
    }
}
