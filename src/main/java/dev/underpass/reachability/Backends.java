package dev.underpass.reachability;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.net.IpAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Names the endpoint that a connection was sent to.
final class Backends {

    private Backends() {}

    /// The backend of a run: where its first packet arrived, else where it was headed when it ended.
    static Path.@Nullable Backend of(World world, Target target, @Nullable Arrival arrival, End end) {
        if (arrival != null) {
            return backend(
                    world, arrival.packet().destination(), arrival.packet().destinationPort());
        }
        if (!end.phase().forward()) {
            return null;
        }
        var destination = end.packet().destination();
        boolean translated = !destination.equals(target.address());
        boolean untranslatedService = !translated && world.isServiceAddress(destination);
        return untranslatedService
                ? null
                : backend(world, destination, end.packet().destinationPort());
    }

    private static Path.Backend backend(World world, IpAddress address, int port) {
        var owner = world.owner(address);
        var pod = owner.map(Host::pod).or(() -> podOf(world, address));
        var node = owner.map(Host::node).or(() -> nodeOf(world, address));
        return new Path.Backend(address, port, pod.orElse(null), node.orElse(null));
    }

    private static Optional<ObjectName> podOf(World world, IpAddress address) {
        return world.resources(address)
                .filter(pod -> !pod.hostNetwork())
                .map(Pod::name)
                .findFirst();
    }

    private static Optional<NodeName> nodeOf(World world, IpAddress address) {
        return world.resources(address)
                .flatMap(pod -> Optional.ofNullable(pod.node()).stream())
                .findFirst();
    }
}
