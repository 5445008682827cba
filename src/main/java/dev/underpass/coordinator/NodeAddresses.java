package dev.underpass.coordinator;

import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Scope;
import java.util.Comparator;
import java.util.List;

/// The addresses that the coordinator takes for a node's: those on devices that no container tool made.
final class NodeAddresses {

    private static final List<String> PASSED_OVER = List.of(
            "docker",
            "cbr",
            "dummy",
            "virbr",
            "lxcbr",
            "veth",
            "cali",
            "flannel",
            "kube-ipvs",
            "cni",
            "vx-submariner",
            "cilium");

    private NodeAddresses() {}

    /// The address that the node uses towards the Pod comes first: it is on the Pod's subnet, or else one of those that
    /// Kubernetes has of the node.
    static List<IpAddress> of(NetworkState host, List<IpAddress> known, IpAddress pod) {
        if (host.addresses() == null) {
            throw new Unpredictable(Phrases.NODE_ADDRESSES_UNREPORTED.with());
        }
        var addresses = host.addresses().stream()
                .filter(each -> each.scope().equals(Scope.GLOBAL) && each.family() == pod.family())
                .filter(each -> counts(each.device()))
                .toList();
        return addresses.stream()
                .sorted(Comparator.comparing(
                                (InterfaceAddress each) -> !each.subnet().contains(pod))
                        .thenComparing(each -> !known.contains(each.local())))
                .map(InterfaceAddress::local)
                .distinct()
                .toList();
    }

    private static boolean counts(DeviceName device) {
        return !device.value().equals("lo")
                && PASSED_OVER.stream().noneMatch(start -> device.value().startsWith(start));
    }
}
