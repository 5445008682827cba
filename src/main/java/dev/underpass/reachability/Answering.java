package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.IpStack;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Route;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which addresses a namespace may answer for when it is asked who has them: more than it does, never fewer. Where what
/// would tell is not observed, it may for all.
final class Answering {

    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");

    private final NetworkState state;
    private final IpStack stack;
    private final Set<IpAddress> own = new HashSet<>();
    private final Set<Family> anyAddress = EnumSet.noneOf(Family.class);

    Answering(NetworkState state, IpStack stack) {
        this.state = state;
        this.stack = stack;
        for (var family : Family.values()) {
            addLocal(family, family == Family.IPV4 ? state.routes() : state.routes6());
        }
        if (state.addresses() != null) {
            state.addresses().forEach(address -> own.add(address.local()));
        }
    }

    private void addLocal(Family family, @Nullable List<Route> routes) {
        if (routes == null || state.addresses() == null) {
            anyAddress.add(family);
            return;
        }
        for (var route : routes) {
            var range = route.destination();
            if (isOwn(route.type()) && !range.equals(LOOPBACK)) {
                if (range.length() == family.bits()) {
                    own.add(range.network());
                } else {
                    anyAddress.add(family);
                }
            }
        }
    }

    private static boolean isOwn(Route.Type type) {
        return type == Route.Type.LOCAL || type == Route.Type.ANYCAST;
    }

    /// Its own addresses, as far as they are observed.
    Stream<IpAddress> own() {
        return own.stream().filter(address -> !LOOPBACK.contains(address));
    }

    boolean may(Link on, IpAddress address) {
        return own.contains(address) || LOOPBACK.contains(address) || mayForOthers(on, address.family());
    }

    /// Whether it may answer on the device for addresses that are not its own.
    boolean mayForOthers(Link on, Family family) {
        boolean hasEntries =
                !Objects.requireNonNullElse(state.proxyNeighbours(), List.of()).isEmpty();
        return anyAddress.contains(family) || hasEntries || (family == Family.IPV4 && proxyArp(on));
    }

    private boolean proxyArp(Link on) {
        try {
            return stack.sysctls().proxyArp(on.name());
        } catch (NotObservedException _) {
            return true;
        }
    }
}
