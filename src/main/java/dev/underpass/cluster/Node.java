package dev.underpass.cluster;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.util.List;
import java.util.Map;

/// A Kubernetes node.
///
/// @param addresses its `InternalIP` and `ExternalIP` addresses
public record Node(
        NodeName name, Map<String, String> labels, List<IpAddress> addresses, List<IpPrefix> podCidrs, String kernel) {

    public Node {
        labels = Map.copyOf(labels);
        addresses = List.copyOf(addresses);
        podCidrs = List.copyOf(podCidrs);
    }
}
