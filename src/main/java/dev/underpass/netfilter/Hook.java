package dev.underpass.netfilter;

/// Where a packet meets the filters of a namespace (`NF_INET_*`).
public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING
}
