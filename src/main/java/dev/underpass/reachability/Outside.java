package dev.underpass.reachability;

import dev.underpass.net.Packet;
import dev.underpass.reachability.End.Cause;
import dev.underpass.words.Sentence;

/// What becomes of packets that the network outside is handed, and does not deliver.
final class Outside {

    private final World world;

    Outside(World world) {
        this.world = world;
    }

    Cause cause(Packet packet) {
        var destination = packet.destination();
        if (world.isOverlayAddress(destination)) {
            return world.knows(destination) ? Cause.OVERLAY_TO_FABRIC : Cause.DEAD_ENDPOINT;
        }
        return world.isServiceAddress(destination) ? Cause.SERVICE_TO_FABRIC : Cause.UNKNOWN_FABRIC;
    }

    /// The cause, or what the destination says of it where it is a stranger's.
    Cause sharper(Cause cause, Packet packet) {
        boolean stranger = cause == Cause.UNKNOWN_FABRIC || cause == Cause.SILENT_FABRIC;
        var known = cause(packet);
        return stranger && known != Cause.UNKNOWN_FABRIC ? known : cause;
    }

    Sentence detail(Packet packet) {
        return switch (cause(packet)) {
            case SERVICE_TO_FABRIC -> Phrases.NO_ROUTE_TO_SERVICE.with(packet.destination());
            case OVERLAY_TO_FABRIC -> Phrases.NO_ROUTE_TO_OVERLAY.with(packet.destination());
            case DEAD_ENDPOINT -> Phrases.NO_POD_HAS.with(packet.destination());
            default -> Phrases.OUTSIDE.with(packet.destination());
        };
    }
}
