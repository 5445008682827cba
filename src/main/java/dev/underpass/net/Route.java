package dev.underpass.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A line of a routing table, `ip-route(8)`.
///
/// @param destination the prefix it covers; length 0 is `default`
/// @param nextHops one for a plain route, several for a multipath one, none only for types without a device
/// @param preferredSource the source address for packets of this namespace (`src`)
/// @param metric the smaller one wins among routes to the same prefix
/// @param typeOfService the TOS a packet must carry; 0 takes every packet
/// @param protocol who made it: `kernel`, `boot`, `bird` …
/// @param preference IPv6 router preference (`medium`), empty for IPv4
public record Route(
        Type type,
        IpPrefix destination,
        TableId table,
        List<NextHop> nextHops,
        Scope scope,
        @Nullable IpAddress preferredSource,
        long metric,
        int typeOfService,
        String protocol,
        String preference) {

    /// What happens to a packet that the route matches.
    public enum Type {
        UNICAST,
        LOCAL,
        BROADCAST,
        MULTICAST,
        ANYCAST,
        BLACKHOLE,
        UNREACHABLE,
        PROHIBIT,
        THROW;

        /// Whether the kernel answers the sender with an error, or throws the packet away, instead of a way out.
        public boolean refuses() {
            return this == BLACKHOLE || this == UNREACHABLE || this == PROHIBIT;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Route {
        nextHops = List.copyOf(nextHops);
    }

    /// The same line in another table.
    public Route in(TableId other) {
        return new Route(
                type,
                destination,
                other,
                nextHops,
                scope,
                preferredSource,
                metric,
                typeOfService,
                protocol,
                preference);
    }

    public IpAddress.Family family() {
        return destination.network().family();
    }

    public boolean isDefault() {
        return destination.length() == 0;
    }

    /// Whether one of its next hops leaves by the device.
    public boolean uses(DeviceName device) {
        return nextHops.stream().anyMatch(hop -> device.equals(hop.device()));
    }

    /// The line as `ip route show table all` prints it.
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        if (type != Type.UNICAST) {
            words.add(type.toString());
        }
        words.add(target());
        if (typeOfService != 0) {
            words.add("tos 0x" + Integer.toHexString(typeOfService));
        }
        if (nextHops.size() == 1) {
            words.add(nextHops.getFirst().toString());
        }
        addAttributes(words);
        if (nextHops.size() > 1) {
            nextHops.forEach(hop -> words.add("nexthop " + hop + " weight " + hop.weight()));
        }
        return String.join(" ", words.stream().filter(word -> !word.isEmpty()).toList());
    }

    /// `default`, a prefix, or a bare address where the prefix is a single host.
    private String target() {
        if (isDefault()) {
            return "default";
        }
        boolean host = destination.length() == family().bits();
        return host ? destination.network().toString() : destination.toString();
    }

    private void addAttributes(List<String> words) {
        if (!table.equals(TableId.MAIN)) {
            words.add("table " + table);
        }
        if (!protocol.isEmpty() && !protocol.equals("boot")) {
            words.add("proto " + protocol);
        }
        if (!scope.equals(Scope.GLOBAL)) {
            words.add("scope " + scope);
        }
        if (preferredSource != null) {
            words.add("src " + preferredSource);
        }
        if (metric != 0) {
            words.add("metric " + metric);
        }
        words.addAll(flags());
    }

    private Set<String> flags() {
        var flags = new TreeSet<String>();
        nextHops.forEach(hop -> flags.addAll(hop.flags()));
        return flags;
    }
}
