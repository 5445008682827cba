package dev.underpass.reachability;

import dev.underpass.cluster.NodeName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.NotObservedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who hears a frame: veth pairs, bridges, macvlan children and parents, and the segments of the network outside.
///
/// A macvlan child hears its bridge-mode siblings and the parent's wire, never the parent itself; nor does the parent
/// hear its children (`macvlan_queue_xmit`, `macvlan_handle_frame`).
final class Wiring {

    private final Map<NodeName, Host> nodes;
    private final Map<NodeName, List<Host>> pods;
    private final VethPairs veths;
    private final Map<Port, Audience> audiences = new ConcurrentHashMap<>();
    private final Map<Port, Boolean> uplinks = new ConcurrentHashMap<>();
    private final Map<Port, List<Port>> children = new ConcurrentHashMap<>();
    private final Map<Integer, List<Port>> uplinksByVlan = new ConcurrentHashMap<>();

    Wiring(Map<NodeName, Host> nodes, Map<NodeName, List<Host>> pods) {
        this.nodes = nodes;
        this.pods = pods;
        this.veths = new VethPairs(nodes, pods);
    }

    /// What a broadcast frame reaches.
    ///
    /// @param ports the devices whose namespaces get to see it
    /// @param fabric whether it leaves the nodes, so that the network outside hears it too
    record Audience(Set<Port> ports, boolean fabric) {}

    Audience audience(Port from) {
        return audiences.computeIfAbsent(from, this::flooded);
    }

    private Audience flooded(Port from) {
        var flood = new Flood();
        flood.send(from);
        return new Audience(flood.heard, flood.fabric);
    }

    /// What a frame reaches that the network outside sends into a segment.
    Audience fromFabric() {
        var flood = new Flood();
        uplinks(0).forEach(flood::receive);
        return new Audience(flood.heard, true);
    }

    /// One frame on its way through the devices.
    private final class Flood {
        private final Set<Port> heard = new LinkedHashSet<>();
        private final Set<Port> sent = new LinkedHashSet<>();
        private boolean fabric;

        void send(Port from) {
            if (!from.link().running() || !sent.add(from)) {
                return;
            }
            var link = from.link();
            if (link.isUnderlayChild()) {
                sendFromChild(from);
            } else if (link.kind().equals("bridge")) {
                ports(from).forEach(this::send);
            } else if (link.kind().equals("vxlan")) {
                tunnelPeers(from).forEach(this::receive);
            } else if (link.kind().equals("vlan")) {
                sendTagged(from);
            } else if (isUplink(from)) {
                toFabric(from, 0);
            } else if (link.isVeth()) {
                receive(veths.peer(from).orElseThrow(() -> new NotObservedException("the other end of " + from)));
            } else if (!link.loopback() && !link.kind().equals("dummy")) {
                throw new NotObservedException("where frames of %s go (kind %s)".formatted(from, link.kind()));
            }
        }

        private void sendFromChild(Port from) {
            var parent = parent(from);
            boolean bridged =
                    from.link().mode().equals("bridge") || from.link().kind().equals("ipvlan");
            if (bridged) {
                children(parent).stream()
                        .filter(child -> !child.equals(from)
                                && child.link().mode().equals(from.link().mode()))
                        .forEach(this::receive);
            }
            send(parent);
        }

        private void sendTagged(Port from) {
            var parent = parent(from);
            int vlan = Objects.requireNonNullElse(from.link().vlan(), 0);
            if (isUplink(parent) && parent.link().running()) {
                toFabric(parent, vlan);
            } else {
                throw new NotObservedException("where VLAN %d of %s goes".formatted(vlan, parent));
            }
        }

        private void toFabric(Port from, int vlan) {
            fabric = true;
            uplinks(vlan).stream()
                    .filter(port ->
                            !port.equals(from) && !(vlan != 0 && parent(port).equals(from)))
                    .forEach(this::receive);
        }

        void receive(Port at) {
            if (!at.link().running()) {
                return;
            }
            var master = at.link().master();
            if (master != null) {
                receiveOnBridge(at, at.host().stack().link(master));
                return;
            }
            heard.add(at);
            if (isUplink(at) || at.link().kind().equals("vlan")) {
                children(at).stream().filter(child -> child.link().running()).forEach(heard::add);
            }
        }

        private void receiveOnBridge(Port at, Optional<Link> master) {
            var bridge = new Port(at.host(), master.orElseThrow(() -> new NotObservedException("master of " + at)));
            if (!bridge.link().kind().equals("bridge")) {
                heard.add(bridge);
                return;
            }
            if (heard.add(bridge)) {
                ports(bridge).stream().filter(port -> !port.equals(at)).forEach(this::send);
            }
        }
    }

    private static List<Port> ports(Port bridge) {
        return bridge.host().stack().links().stream()
                .filter(link -> bridge.link().name().equals(link.master()))
                .map(link -> new Port(bridge.host(), link))
                .toList();
    }

    /// The other nodes' ends of an overlay tunnel; the tunnel itself is assumed to work.
    private List<Port> tunnelPeers(Port tunnel) {
        var peers = new ArrayList<Port>();
        nodes.values().stream()
                .filter(host -> host != tunnel.host())
                .forEach(host -> host.stack()
                        .link(tunnel.link().name())
                        .filter(link -> link.kind().equals(tunnel.link().kind()))
                        .ifPresent(link -> peers.add(new Port(host, link))));
        return peers;
    }

    /// The devices that lead out of the nodes on one VLAN, 0 for untagged frames.
    private List<Port> uplinks(int vlan) {
        var known = uplinksByVlan.get(vlan);
        if (known == null) {
            known = findUplinks(vlan);
            uplinksByVlan.put(vlan, known);
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
            return new Port(child.host(), link.orElseThrow(() -> new NotObservedException("parent of " + child)));
        }
        var index = child.link().peerIndex();
        var node = nodes.get(child.host().node());
        if (index == null || node == null) {
            throw new NotObservedException("parent of " + child);
        }
        return byIndex(node, index).orElseThrow(() -> new NotObservedException("parent of " + child));
    }

    private List<Port> children(Port parent) {
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
