package dev.underpass.net;

import dev.underpass.words.Sentence;

/// What the kernel's routing does with a packet.
public sealed interface RouteDecision {

    /// The packet is for this namespace itself.
    ///
    /// @param source the packet's source address, chosen by the lookup where it had none
    record Deliver(FibResult.Found lookup, IpAddress source) implements RouteDecision {}

    /// The packet leaves by one of the lookup's next hops.
    record Send(FibResult.Found lookup, IpAddress source) implements RouteDecision {}

    /// The packet ends here.
    ///
    /// @param line the route, rule or parameter that decided, in its own notation
    /// @param detail one sentence on why
    record Refuse(Reason reason, String line, Sentence detail) implements RouteDecision {}

    /// Why routing refuses a packet.
    enum Reason {
        NO_ROUTE,
        BLACKHOLE,
        UNREACHABLE,
        PROHIBIT,
        /// The source address belongs to the receiver itself.
        MARTIAN_SOURCE,
        /// An address that may not be seen here, such as 127.0.0.0/8 on a wire.
        MARTIAN_DESTINATION,
        /// The reverse path leaves by another device.
        RP_FILTER,
        /// The namespace does not forward what comes in by that device.
        NOT_FORWARDING,
        /// The namespace has no address to send from.
        NO_SOURCE
    }
}
