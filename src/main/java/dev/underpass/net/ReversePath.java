package dev.underpass.net;

import dev.underpass.net.RouteDecision.Reason;
import dev.underpass.net.RouteDecision.Refuse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks an incoming IPv4 packet's source address, as `__fib_validate_source` does.
final class ReversePath {

    private final IpStack stack;

    ReversePath(IpStack stack) {
        this.stack = stack;
    }

    /// Why the packet is dropped; empty if its source is fine.
    ///
    /// @param outgoing the device the packet will leave by, absent when it is for this namespace
    Optional<Refuse> check(Packet packet, DeviceName incoming, @Nullable DeviceName outgoing) {
        int mode = stack.sysctls().rpFilter(incoming);
        var reverse = stack.fib(IpAddress.Family.IPV4).lookup(reverse(packet, incoming, outgoing));
        if (!(reverse instanceof FibResult.Found found)) {
            return mode == 0 ? Optional.empty() : Optional.of(filtered(packet, incoming, mode, reverse));
        }
        if (found.route().type() != Route.Type.UNICAST && !acceptedLocal(found, incoming)) {
            return Optional.of(new Refuse(
                    Reason.MARTIAN_SOURCE,
                    found.route().toString(),
                    Phrases.OWN_SOURCE.with(packet.source(), found.route().type(), incoming)));
        }
        if (found.route().uses(incoming) || mode == 0) {
            return Optional.empty();
        }
        if (mode == 1 || !stack.hasAddress(incoming, IpAddress.Family.IPV4)) {
            return Optional.of(filtered(packet, incoming, mode, reverse));
        }
        return Optional.empty();
    }

    private boolean acceptedLocal(FibResult.Found found, DeviceName incoming) {
        return found.route().type() == Route.Type.LOCAL && stack.sysctls().acceptLocal(incoming);
    }

    private Flow reverse(Packet packet, DeviceName incoming, @Nullable DeviceName outgoing) {
        int mark = stack.sysctls().sourceValidMark(incoming) ? packet.mark() : 0;
        return new Flow(
                packet.destination(),
                packet.source(),
                outgoing,
                null,
                mark,
                0,
                packet.protocol().number(),
                packet.destinationPort(),
                packet.sourcePort(),
                0L);
    }

    private static Refuse filtered(Packet packet, DeviceName incoming, int mode, FibResult reverse) {
        var way = switch (reverse) {
            case FibResult.Found found -> Phrases.WAY_BACK_ELSEWHERE.with(packet.source(), found.route(), incoming);
            case FibResult.Refused refused -> Phrases.WAY_BACK_REFUSED.with(packet.source(), refused.line(), incoming);
            case FibResult.NoRoute _ -> Phrases.NO_WAY_BACK.with(packet.source(), incoming);
        };
        return new Refuse(Reason.RP_FILTER, "rp_filter=%d on %s".formatted(mode, incoming), way);
    }
}
