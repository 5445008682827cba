package dev.underpass.net;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way out that a route offers.
///
/// @param device the device to leave by, absent where the route has none (`blackhole`)
/// @param gateway the neighbour to hand the packet to, absent when the destination is on the link; may be of the other
/// family
/// @param weight the share in a multipath route, 1 otherwise
/// @param flags `onlink`, `dead`, `linkdown` … as `ip route` prints them
public record NextHop(@Nullable DeviceName device, @Nullable IpAddress gateway, int weight, Set<String> flags) {

    public NextHop {
        flags = Set.copyOf(flags);
    }

    public boolean dead() {
        return flags.contains("dead");
    }

    public boolean linkDown() {
        return flags.contains("linkdown");
    }

    /// `via 10.6.0.1 dev eth0`.
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (gateway != null) {
            text.append("via ").append(gateway);
        }
        if (device != null) {
            text.append(text.isEmpty() ? "" : " ").append("dev ").append(device);
        }
        return text.toString();
    }
}
