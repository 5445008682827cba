package dev.underpass.topology;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.net.DeviceName;
import dev.underpass.reachability.Disposition.Fold;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where a Pod stands in the drawing: on which node, in which networks, and what it reaches.
///
/// @param node absent while the Pod is not scheduled
/// @param attachment `macvlan`, `overlay+macvlan` …, as people filter by
/// @param leg the device that leads Service traffic to the node, absent where none does
/// @param services how the Pod's connections to each Service's ports end; Pods that reach the same share one map
/// @param worst the worst of its verdicts; undetermined where it was asked for nothing
/// @param networks the networks as one word, the same for all Pods that are in the same ones
public record Placement(
        ObjectName pod,
        @Nullable NodeName node,
        Mode mode,
        String attachment,
        List<Port> ports,
        @Nullable DeviceName leg,
        Map<ObjectName, Tally> services,
        Fold worst,
        String networks) {

    /// One NIC of the Pod in a network.
    ///
    /// @param master the node's device below it, absent where it has none or nothing tells
    public record Port(
            DeviceName device, Network network, @Nullable DeviceName master) {}

    public Placement {
        ports = List.copyOf(ports);
        services = Map.copyOf(services);
    }

    Placement(
            ObjectName pod,
            @Nullable NodeName node,
            Mode mode,
            String attachment,
            List<Port> ports,
            @Nullable DeviceName leg,
            Map<ObjectName, Tally> services) {
        this(pod, node, mode, attachment, ports, leg, services, worst(services), networks(ports));
    }

    private static Fold worst(Map<ObjectName, Tally> services) {
        return services.values().stream().reduce(Tally.NONE, Tally::plus).worst();
    }

    boolean in(Network.Kind kind) {
        for (var port : ports) {
            if (port.network().kind() == kind) {
                return true;
            }
        }
        return false;
    }

    private static String networks(List<Port> ports) {
        var ids = new TreeSet<String>();
        ports.forEach(port -> ids.add(port.network().id()));
        return String.join("+", ids);
    }
}
