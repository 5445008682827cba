package dev.underpass.reachability;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The devices that hear one segment of the network outside, each by one uplink, found without asking all of them.
final class Segment {

    private final Map<Port, Port> uplinks;
    private final Map<Port, Integer> order = new HashMap<>();
    private final Map<MacAddress, List<Port>> byMac = new HashMap<>();
    private final Map<IpAddress, List<Port>> byAddress = new HashMap<>();
    private final Map<Family, List<Port>> answeringForOthers = new HashMap<>();

    /// @param uplinks by which uplink each device hears the segment
    Segment(Map<Port, Port> uplinks) {
        this.uplinks = uplinks;
        for (var port : uplinks.keySet()) {
            order.put(port, order.size());
            var mac = port.link().address();
            if (mac != null) {
                byMac.computeIfAbsent(mac, _ -> new ArrayList<>()).add(port);
            }
            port.host()
                    .ownAddresses()
                    .forEach(address -> byAddress
                            .computeIfAbsent(address, _ -> new ArrayList<>())
                            .add(port));
        }
        for (var family : Family.values()) {
            var ports = uplinks.keySet().stream()
                    .filter(port -> port.host().mayAnswerForOthers(port.link(), family))
                    .toList();
            answeringForOthers.put(family, ports);
        }
    }

    Port uplink(Port port) {
        return Objects.requireNonNull(uplinks.get(port));
    }

    List<Port> withAddress(MacAddress mac) {
        return byMac.getOrDefault(mac, List.of());
    }

    List<Port> mayAnswer(IpAddress address) {
        var ports = new HashSet<>(byAddress.getOrDefault(address, List.of()));
        ports.addAll(answeringForOthers.getOrDefault(address.family(), List.of()));
        return ports.stream().sorted(Comparator.comparing(order::get)).toList();
    }
}
