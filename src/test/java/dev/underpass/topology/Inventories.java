package dev.underpass.topology;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.PodNetwork.Mode;
import dev.underpass.net.DeviceName;
import dev.underpass.reachability.Disposition.Fold;
import dev.underpass.topology.Placement.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Made-up clusters of any size, the same for the same seed.
public final class Inventories {

    private static final List<String> KINDS = List.of("macvlan", "ipvlan", "sriov");

    private Inventories() {}

    public static Inventory of(long seed, int nodes, int pods, int services) {
        var random = new Random(seed);
        var networks = new ArrayList<Network>();
        IntStream.range(0, 1 + random.nextInt(5))
                .forEach(i -> networks.add(network("192.168.%d.0/24".formatted(i), Network.Kind.UNDERLAY)));
        networks.add(network("10.233.64.0/18", Network.Kind.OVERLAY));
        var nodeNames = IntStream.range(0, nodes)
                .mapToObj(i -> new NodeName("node" + i))
                .toList();
        var serviceNames = IntStream.range(0, services)
                .mapToObj(i -> new ObjectName("ns" + i % 7, "service" + i))
                .toList();
        var placements = IntStream.range(0, pods)
                .mapToObj(i -> placement(random, i, networks, nodeNames, serviceNames))
                .toList();
        return new Inventory(networks, nodeNames, placements, serviceNames, labels(nodeNames), Map.of());
    }

    /// Every third node is in no zone.
    private static Map<NodeName, Map<String, String>> labels(List<NodeName> nodes) {
        var labels = new HashMap<NodeName, Map<String, String>>();
        for (int i = 0; i < nodes.size(); i++) {
            var host = Map.of("hostname", nodes.get(i).value());
            labels.put(nodes.get(i), i % 3 == 0 ? host : Map.of("hostname", "" + i, "zone", i % 3 == 1 ? "a" : ""));
        }
        return labels;
    }

    static Network network(String id, Network.Kind kind) {
        return new Network(id, kind, List.of(), List.of());
    }

    private static Placement placement(
            Random random, int number, List<Network> networks, List<NodeName> nodes, List<ObjectName> services) {
        var mode = List.of(Mode.values()).get(random.nextInt(Mode.values().length));
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        var underlay = networks.get(random.nextInt(networks.size() - 1));
        var ports = new ArrayList<Port>();
        switch (mode) {
            case UNDERLAY, UNDERLAY_WITHOUT_COORDINATOR -> ports.add(port("eth0", underlay));
            case OVERLAY -> ports.add(port("eth0", networks.getLast()));
            case OVERLAY_MULTI_NIC -> {
                ports.add(port("eth0", networks.getLast()));
                ports.add(port("net1", underlay));
            }
            case HOST_NETWORK, UNKNOWN -> {}
        }
        boolean scheduled = !nodes.isEmpty() && random.nextInt(20) > 0;
        return new Placement(
                new ObjectName("ns" + random.nextInt(9), "pod" + number),
                scheduled ? nodes.get(random.nextInt(nodes.size())) : null,
                mode,
                ports.isEmpty() ? "unknown" : kind,
                ports,
                mode == Mode.UNDERLAY ? new DeviceName("veth0") : null,
                ports.isEmpty() ? Map.of() : verdicts(random, services));
    }

    private static Port port(String device, Network network) {
        return new Port(new DeviceName(device), network, null);
    }

    private static Map<ObjectName, Tally> verdicts(Random random, List<ObjectName> services) {
        var verdicts = new HashMap<ObjectName, Tally>();
        for (int i = 0; i < Math.min(3, services.size()); i++) {
            var fold = List.of(Fold.values()).get(random.nextInt(Fold.values().length));
            verdicts.put(services.get(random.nextInt(services.size())), Tally.of(fold));
        }
        return verdicts;
    }
}
