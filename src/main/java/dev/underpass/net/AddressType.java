package dev.underpass.net;

/// What an address is to one network namespace: the type of the route that a lookup finds for it (`fib addrtype`).
public enum AddressType {
    UNSPEC,
    UNICAST,
    LOCAL,
    BROADCAST,
    ANYCAST,
    MULTICAST,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    THROW
}
