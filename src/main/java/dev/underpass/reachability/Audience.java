package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a broadcast frame reaches: the devices whose namespaces get to see it.
///
/// @param own those that it reaches on the sender's node, and others that no segment has
/// @param beyond the segments of the network outside that it gets to
/// @param fabric whether it leaves the nodes, so that the network outside hears it too
record Audience(Set<Port> own, List<Reach> beyond, boolean fabric) {

    /// A segment, but for what is behind some of the uplinks: no frame comes back to where it came from.
    record Reach(Segment segment, Set<Port> except) {

        private List<Port> without(List<Port> ports) {
            return ports.stream()
                    .filter(port -> !except.contains(segment.uplink(port)))
                    .toList();
        }
    }

    /// The devices with that link-layer address.
    List<Port> withAddress(MacAddress mac) {
        var found = new ArrayList<>(
                own.stream().filter(port -> mac.equals(port.link().address())).toList());
        beyond.forEach(reach -> found.addAll(reach.without(reach.segment().withAddress(mac))));
        return found;
    }

    /// The devices that may answer for an address; all others of the audience do not.
    List<Port> mayAnswer(IpAddress address) {
        var found = new ArrayList<Port>();
        for (var port : own) {
            if (port.host().mayAnswer(port.link(), address)) {
                found.add(port);
            }
        }
        beyond.forEach(reach -> found.addAll(reach.without(reach.segment().mayAnswer(address))));
        return found;
    }
}
