package dev.underpass.netfilter;

/// When the kernel calls what at a hook (`enum nf_ip_hook_priorities`): the lower the earlier.
final class Priority {

    static final int RAW = -300;
    static final int CONNTRACK = -200;
    static final int MANGLE = -150;
    static final int NAT_DESTINATION = -100;
    static final int FILTER = 0;
    static final int SECURITY = 50;
    static final int NAT_SOURCE = 100;

    private Priority() {}
}
