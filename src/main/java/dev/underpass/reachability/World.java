package dev.underpass.reachability;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.Service;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ProbeResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Everything that a connection may meet in one snapshot, indexed for tracing.
final class World {

    private final ClusterSnapshot snapshot;
    private final Map<NodeName, Host> nodes = new HashMap<>();
    private final Map<ObjectName, Host> pods = new HashMap<>();
    private final Map<IpAddress, Host> owners = new HashMap<>();
    private final Set<IpAddress> known = new HashSet<>();
    private final Set<MacAddress> devices = new HashSet<>();
    private final Map<IpAddress, Service> services = new HashMap<>();
    private final Map<ObjectName, Pod> resources = new HashMap<>();
    private final Map<IpAddress, List<Pod>> resourcesByAddress = new HashMap<>();
    private final Map<ProbeEvidence.Pair, ProbeResult> probes;
    private final Unseen unseen;
    private final Wiring wiring;
    private final Router router;

    World(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        var podsByNode = new HashMap<NodeName, List<Host>>();
        snapshot.reports().forEach((name, report) -> podsByNode.put(name, addHosts(name, report)));
        indexAddresses();
        snapshot.pods().forEach(this::index);
        snapshot.services().forEach(service -> service.clusterIps().forEach(ip -> services.put(ip, service)));
        this.probes = ProbeEvidence.byPair(snapshot);
        this.unseen = new Unseen(snapshot, nodes, pods);
        this.wiring = new Wiring(nodes, podsByNode);
        this.router = new Router(snapshot, hosts(), this::knows);
    }

    private List<Host> addHosts(NodeName name, NodeReport report) {
        nodes.put(name, Host.ofNode(name, report.collectedAt(), report.host().namespace()));
        var hosts = new ArrayList<Host>();
        for (var podReport : report.pods()) {
            var host = Host.ofPod(name, report.collectedAt(), podReport);
            pods.put(new ObjectName(podReport.namespace(), podReport.name()), host);
            hosts.add(host);
        }
        return hosts;
    }

    private void index(Pod pod) {
        resources.putIfAbsent(pod.name(), pod);
        pod.addresses()
                .forEach(address -> resourcesByAddress
                        .computeIfAbsent(address, _ -> new ArrayList<>())
                        .add(pod));
    }

    private void indexAddresses() {
        for (var host : hosts()) {
            var addresses = host.report().network().addresses();
            if (addresses != null) {
                addresses.stream()
                        .filter(address -> !isLoopback(address.local()))
                        .forEach(address -> owners.putIfAbsent(address.local(), host));
            }
        }
        for (var host : hosts()) {
            var links = host.report().network().links();
            if (links != null) {
                links.stream().map(Link::address).filter(Objects::nonNull).forEach(devices::add);
            }
        }
        known.addAll(owners.keySet());
        snapshot.nodes().forEach(node -> known.addAll(node.addresses()));
        snapshot.pods().forEach(pod -> known.addAll(pod.addresses()));
        snapshot.spiderpool()
                .endpoints()
                .forEach(endpoint -> endpoint.allocations().forEach(allocation -> {
                    Optional.ofNullable(allocation.ipv4()).ifPresent(known::add);
                    Optional.ofNullable(allocation.ipv6()).ifPresent(known::add);
                }));
    }

    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");
    private static final IpAddress LOOPBACK6 = IpAddress.parse("::1");

    private static boolean isLoopback(IpAddress address) {
        return LOOPBACK.contains(address) || address.equals(LOOPBACK6);
    }

    List<Host> hosts() {
        var hosts = new ArrayList<>(nodes.values());
        hosts.addAll(pods.values());
        return hosts;
    }

    ClusterSnapshot snapshot() {
        return snapshot;
    }

    Wiring wiring() {
        return wiring;
    }

    Router router() {
        return router;
    }

    Optional<Host> pod(ObjectName name) {
        return Optional.ofNullable(pods.get(name));
    }

    Optional<Host> node(NodeName name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /// The newest probe of the pair.
    Optional<ProbeResult> probe(ObjectName from, Target to) {
        return Optional.ofNullable(probes.get(ProbeEvidence.pair(from, to)));
    }

    /// The Pod as the Kubernetes API tells of it.
    Optional<Pod> resource(ObjectName name) {
        return Optional.ofNullable(resources.get(name));
    }

    /// The Pods that have the address by their status.
    Stream<Pod> resources(IpAddress address) {
        return resourcesByAddress.getOrDefault(address, List.of()).stream();
    }

    /// The namespace that has the address on one of its devices.
    Optional<Host> owner(IpAddress address) {
        return Optional.ofNullable(owners.get(address));
    }

    /// Whether the address is a node's or a Pod's, as far as anything says.
    boolean knows(IpAddress address) {
        return known.contains(address);
    }

    /// What should have the address, as the Kubernetes API says, and was not read; nothing where all of it was.
    Optional<Place> unseen(IpAddress address) {
        return unseen.of(address);
    }

    /// Whether a device of any known namespace has the link-layer address.
    boolean isDevice(MacAddress mac) {
        return devices.contains(mac);
    }

    /// Whether Cilium translates the Service address in the socket, before any route is looked up.
    boolean isTranslatedBySocket(IpAddress address) {
        return services.containsKey(address)
                && snapshot.cni()
                        .configMap("cilium-config")
                        .map(config -> config.getOrDefault("kube-proxy-replacement", "false"))
                        .filter(value -> value.equals("true") || value.equals("strict"))
                        .isPresent();
    }

    /// Whether the address is meant for a Service: a ClusterIP, or in a Service range.
    boolean isServiceAddress(IpAddress address) {
        return services.containsKey(address) || router.serviceCidrs().stream().anyMatch(c -> c.contains(address));
    }

    /// Whether the address is in a range of overlay Pods, which the network outside never routes.
    boolean isOverlayAddress(IpAddress address) {
        return router.overlayCidrs().stream().anyMatch(cidr -> cidr.contains(address));
    }
}
