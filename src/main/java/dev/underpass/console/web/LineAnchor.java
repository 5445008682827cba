package dev.underpass.console.web;

import dev.underpass.net.IpAddress.Family;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Place;
import org.jspecify.annotations.Nullable;

/// Where in a page the line of a rule or route is that `ip` prints: a fragment of the address.
final class LineAnchor {

    private LineAnchor() {}

    /// The line's id in the page that has it.
    static String of(Family family, String line) {
        return (family == Family.IPV6 ? "v6-" : "v4-") + Integer.toHexString(line.hashCode());
    }

    /// The page and the line that decided a hop; null where that is neither a rule nor a route.
    static @Nullable String leading(Hop hop) {
        boolean line = switch (hop.step()) {
            case RULE, ROUTE -> !hop.evidence().isEmpty();
            case NEIGHBOUR, LINK, SOCKET, SOCKET_LB, DELIVER, CONNTRACK, DNAT, FORWARD, MASQUERADE -> false;
        };
        return line ? address(hop.where(), of(hop.packet().destination().family(), hop.evidence())) : null;
    }

    /// A node can have more lines than its page shows: it is told which it must.
    private static @Nullable String address(Place place, String anchor) {
        return switch (place.kind()) {
            case POD -> "/pods/" + place.name() + "/routes#" + anchor;
            case NODE -> "/nodes/" + place.name() + "?line=" + anchor + "#" + anchor;
            case FABRIC -> null;
        };
    }
}
