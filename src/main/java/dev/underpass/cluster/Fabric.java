package dev.underpass.cluster;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of the network outside the nodes (`fabric.json`).
///
/// @param segments what the file says of L2 segments
/// @param gateways the routers' legs; empty means: assume the gateways of the SpiderIPPools
public record Fabric(List<Segment> segments, List<Gateway> gateways) {

    public static final Fabric ASSUMED = new Fabric(List.of(), List.of());

    public Fabric {
        segments = List.copyOf(segments);
        gateways = List.copyOf(gateways);
    }

    /// An L2 segment and the subnets on it.
    public record Segment(String name, @Nullable Integer vlan, List<IpPrefix> subnets) {
        public Segment {
            subnets = List.copyOf(subnets);
        }
    }

    /// A router's address, and the prefixes that it routes beside the segments' subnets.
    public record Gateway(IpAddress address, @Nullable MacAddress mac, List<IpPrefix> routes) {
        public Gateway {
            routes = List.copyOf(routes);
        }
    }
}
