package dev.underpass.lab;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import java.util.ArrayList;
import java.util.List;

/// A connection to try.
///
/// @param name of the Service, Pod or node that is asked for
/// @param tries how often, so that each backend has its turn
record Pair(LabPod from, String name, IpAddress address, int port, int tries) {

    /// The chance to miss one of two backends is 2^-15.
    private static final int TRIES = 16;

    /// From every Pod to every Service, to every address of other Pods, and to the nodes.
    static List<Pair> all(LabSpec spec) {
        var pairs = new ArrayList<Pair>();
        for (var from : Layout.PODS) {
            spec.families().forEach(family -> add(pairs, from, family));
        }
        return pairs;
    }

    private static void add(List<Pair> pairs, LabPod from, Family family) {
        for (var service : Layout.SERVICES) {
            int tries = service.backends().size() > 1 ? TRIES : 1;
            var address = IpAddress.parse(service.clusterIps().of(family));
            pairs.add(new Pair(from, service.name(), address, LabService.PORT, tries));
        }
        for (var pod : Layout.PODS) {
            if (!pod.equals(from)) {
                pod.addresses()
                        .map(each -> IpAddress.parse(each.of(family)))
                        .forEach(each -> pairs.add(new Pair(from, pod.name(), each, LabService.TARGET_PORT, 1)));
            }
        }
        for (var node : Layout.NODES) {
            var address = IpAddress.parse(node.addresses().of(family));
            pairs.add(new Pair(from, node.name(), address, Layout.NODE_PORT, 1));
        }
    }

    @Override
    public String toString() {
        return "%s -> %s %s port %d".formatted(from.name(), name, address, port);
    }
}
