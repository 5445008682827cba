package dev.underpass.reachability;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The nodes and Pods of which nothing was read, by the addresses that the Kubernetes API says they have. That nobody
/// else answers for such an address says nothing.
final class Unseen {

    /// Their addresses are given to others.
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final Map<NodeName, Host> nodes;
    private final Map<IpAddress, Place> places = new HashMap<>();

    Unseen(ClusterSnapshot snapshot, Map<NodeName, Host> nodes, Map<ObjectName, Host> pods) {
        this.nodes = nodes;
        for (var node : snapshot.nodes()) {
            if (!isSeen(nodes.get(node.name()))) {
                var place = new Place(Place.Kind.NODE, node.name().value());
                node.addresses().forEach(address -> places.putIfAbsent(address, place));
            }
        }
        for (var pod : snapshot.pods()) {
            if (!pod.hostNetwork() && !ENDED.contains(pod.phase()) && !isSeen(pods.get(pod.name()))) {
                addresses(pod).forEach(address -> places.putIfAbsent(address, place(pod.name())));
            }
        }
        for (var endpoint : snapshot.spiderpool().endpoints()) {
            if (!isSeen(pods.get(endpoint.pod()))) {
                endpoint.allocations().stream()
                        .flatMap(Unseen::addresses)
                        .forEach(address -> places.putIfAbsent(address, place(endpoint.pod())));
            }
        }
    }

    private static Place place(ObjectName pod) {
        return new Place(Place.Kind.POD, pod.toString());
    }

    /// Where a Pod's devices lead is only known with those of its node.
    private boolean isSeen(@Nullable Host host) {
        return host != null
                && host.report().network().links() != null
                && host.report().network().addresses() != null
                && (host.isNode() || isSeen(nodes.get(host.node())));
    }

    private static Stream<IpAddress> addresses(Pod pod) {
        return Stream.concat(
                pod.addresses().stream(), pod.networks().stream().flatMap(network -> network.addresses().stream()));
    }

    private static Stream<IpAddress> addresses(Allocation allocation) {
        return Stream.of(allocation.ipv4(), allocation.ipv6()).filter(Objects::nonNull);
    }

    Optional<Place> of(IpAddress address) {
        return Optional.ofNullable(places.get(address));
    }
}
