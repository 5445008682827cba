package dev.underpass.reachability;

import dev.underpass.cluster.NodeName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NotObservedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which devices lead out of the nodes, and which devices of Pods are children of which of them.
final class Uplinks {

    private final Map<NodeName, Host> nodes;
    private final Map<NodeName, List<Host>> pods;
    private final VethPairs veths;
    private final Map<Port, Boolean> uplinks = new ConcurrentHashMap<>();
    private final Map<Port, List<Port>> children = new ConcurrentHashMap<>();
    private final Map<Integer, List<Port>> byVlan = new ConcurrentHashMap<>();

    Uplinks(Map<NodeName, Host> nodes, Map<NodeName, List<Host>> pods, VethPairs veths) {
        this.nodes = nodes;
        this.pods = pods;
        this.veths = veths;
    }

    /// The devices that lead out of the nodes on one VLAN, 0 for untagged frames.
    List<Port> on(int vlan) {
        var known = byVlan.get(vlan);
        if (known == null) {
            known = findUplinks(vlan);
            byVlan.put(vlan, known);
        }
        return known;
    }

    private List<Port> findUplinks(int vlan) {
        var uplinks = new ArrayList<Port>();
        for (var host : allHosts()) {
            if (host.report().network().links() == null) {
                continue;
            }
            for (var link : host.stack().links()) {
                var port = new Port(host, link);
                boolean tagged = link.kind().equals("vlan") && Objects.equals(link.vlan(), vlan);
                if (vlan == 0 ? isUplink(port) : tagged) {
                    uplinks.add(port);
                }
            }
        }
        return uplinks;
    }

    private List<Host> allHosts() {
        var hosts = new ArrayList<>(nodes.values());
        pods.values().forEach(hosts::addAll);
        return hosts;
    }

    /// Whether frames of the device go to the network outside: a physical device, or a node's veth that carries the
    /// node's address or underlay children and whose other end is nobody's we know.
    boolean isUplink(Port port) {
        var known = uplinks.get(port);
        if (known == null) {
            known = leadsOut(port);
            uplinks.put(port, known);
        }
        return known;
    }

    private boolean leadsOut(Port port) {
        var link = port.link();
        if (link.loopback()) {
            return false;
        }
        if (link.kind().isEmpty()) {
            return true;
        }
        boolean candidate =
                port.host().isNode() && (link.isVeth() || link.kind().equals("bond"));
        return candidate
                && link.master() == null
                && (hasGlobalAddress(port) || hasChildren(port))
                && veths.peer(port).isEmpty();
    }

    private static boolean hasGlobalAddress(Port port) {
        return port.host().stack().hasAddress(port.link().name(), IpAddress.Family.IPV4);
    }

    private boolean hasChildren(Port port) {
        return !children(port).isEmpty();
    }

    /// A child's parent device: in the node's namespace for a Pod, in its own otherwise.
    Port parent(Port child) {
        var sameNamespace = child.link().peerName();
        if (sameNamespace != null) {
            var link = child.host().stack().link(sameNamespace);
            return new Port(child.host(), link.orElseThrow(() -> new NotObservedException(Phrases.PARENT.with(child))));
        }
        var index = child.link().peerIndex();
        var node = nodes.get(child.host().node());
        if (index == null || node == null) {
            throw new NotObservedException(Phrases.PARENT.with(child));
        }
        return byIndex(node, index).orElseThrow(() -> new NotObservedException(Phrases.PARENT.with(child)));
    }

    List<Port> children(Port parent) {
        return children.computeIfAbsent(parent, this::findChildren);
    }

    private List<Port> findChildren(Port parent) {
        var children = new ArrayList<Port>();
        if (!parent.host().isNode()) {
            return children;
        }
        for (var host : pods.getOrDefault(parent.host().node(), List.of())) {
            if (host.report().network().links() == null) {
                continue;
            }
            host.stack().links().stream()
                    .filter(link -> link.isUnderlayChild()
                            && link.peerName() == null
                            && Objects.equals(link.peerIndex(), parent.link().index()))
                    .forEach(link -> children.add(new Port(host, link)));
        }
        return children;
    }

    private static Optional<Port> byIndex(Host host, int index) {
        return host.stack().links().stream()
                .filter(link -> link.index() == index)
                .findFirst()
                .map(link -> new Port(host, link));
    }
}
