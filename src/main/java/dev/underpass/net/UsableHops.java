package dev.underpass.net;

/// Which next hops the kernel of a namespace sends to.
final class UsableHops {

    private final IpStack stack;

    UsableHops(IpStack stack) {
        this.stack = stack;
    }

    /// Whether packets can leave by the next hop; `local` and `broadcast` routes outlive their device's carrier.
    boolean usable(Route route, NextHop hop) {
        if (hop.dead()) {
            return false;
        }
        if (route.type() != Route.Type.UNICAST) {
            return true;
        }
        var device = hop.device();
        if (device == null) {
            return false;
        }
        var link = stack.link(device)
                .orElseThrow(() -> new NotObservedException(Phrases.LINK_OF_ROUTE.with(device, route)));
        boolean ignored =
                !link.flags().contains("LOWER_UP") && stack.sysctls().ignoresRoutesWithLinkDown(device, route.family());
        return link.up() && !ignored;
    }

    /// Whether the gateway may be there: an IPv6 host passes over those that did not answer, where it has another
    /// route (`rt6_check_neigh`, with `CONFIG_IPV6_ROUTER_PREF`).
    boolean answers(Route route, NextHop hop) {
        var gateway = hop.gateway();
        var device = hop.device();
        if (route.family() == IpAddress.Family.IPV4 || gateway == null || device == null) {
            return true;
        }
        return stack.sysctls().value("net.ipv6.conf.all.forwarding") != 0
                || stack.neighbour(gateway, device).filter(Neighbour::failed).isEmpty();
    }
}
