package dev.underpass.reachability;

import static java.util.stream.Collectors.toCollection;

import dev.underpass.cluster.NodeName;
import dev.underpass.net.Link;
import dev.underpass.net.NotObservedException;
import dev.underpass.reachability.Audience.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    private final VethPairs veths;
    private final Map<Port, Audience> audiences = new ConcurrentHashMap<>();
    private final Uplinks uplinks;
    private final Map<Integer, Optional<Segment>> segments = new ConcurrentHashMap<>();

    Wiring(Map<NodeName, Host> nodes, Map<NodeName, List<Host>> pods) {
        this.nodes = nodes;
        this.veths = new VethPairs(nodes, pods);
        this.uplinks = new Uplinks(nodes, pods, veths);
    }

    /// The other end of a veth pair.
    Optional<Port> peer(Port veth) {
        return veths.peer(veth);
    }

    Audience audience(Port from) {
        return audiences.computeIfAbsent(from, this::flooded);
    }

    private Audience flooded(Port from) {
        var flood = new Flood(true);
        flood.send(from);
        return flood.audience();
    }

    /// What a frame reaches that the network outside sends into a segment.
    Audience fromFabric() {
        return segment(0)
                .map(segment -> new Audience(Set.of(), List.of(new Reach(segment, Set.of())), true))
                .orElseGet(this::floodedFromFabric);
    }

    private Audience floodedFromFabric() {
        var flood = new Flood(false);
        uplinks.on(0).forEach(flood::receive);
        flood.fabric = true;
        return flood.audience();
    }

    /// The segment of a VLAN, where every device hears it by one uplink and no node sends its frames out again.
    private Optional<Segment> segment(int vlan) {
        var known = segments.get(vlan);
        if (known == null) {
            known = findSegment(vlan);
            segments.put(vlan, known);
        }
        return known;
    }

    private Optional<Segment> findSegment(int vlan) {
        var origins = new LinkedHashMap<Port, Port>();
        try {
            for (var uplink : uplinks.on(vlan)) {
                var flood = new Flood(false);
                flood.receive(uplink);
                if (flood.fabric || flood.heard.stream().anyMatch(port -> origins.put(port, uplink) != null)) {
                    return Optional.empty();
                }
            }
        } catch (NotObservedException _) {
            return Optional.empty();
        }
        return Optional.of(new Segment(origins));
    }

    /// One frame on its way through the devices.
    private final class Flood {
        private final boolean bySegments;
        private final Set<Port> heard = new LinkedHashSet<>();
        private final List<Reach> beyond = new ArrayList<>();
        private final Set<Port> sent = new LinkedHashSet<>();
        private boolean fabric;

        /// @param bySegments whether what hears the network outside is told by segment, not device by device
        Flood(boolean bySegments) {
            this.bySegments = bySegments;
        }

        Audience audience() {
            return new Audience(heard, beyond, fabric);
        }

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
            } else if (uplinks.isUplink(from)) {
                toFabric(from, 0);
            } else if (link.isVeth()) {
                receive(veths.peer(from).orElseThrow(() -> new NotObservedException(Phrases.OTHER_END.with(from))));
            } else if (!link.loopback() && !link.kind().equals("dummy")) {
                throw new NotObservedException(Phrases.UNKNOWN_KIND.with(from, link.kind()));
            }
        }

        private void sendFromChild(Port from) {
            var parent = uplinks.parent(from);
            boolean bridged =
                    from.link().mode().equals("bridge") || from.link().kind().equals("ipvlan");
            if (bridged) {
                uplinks.children(parent).stream()
                        .filter(child -> !child.equals(from)
                                && child.link().mode().equals(from.link().mode()))
                        .forEach(this::receive);
            }
            send(parent);
        }

        private void sendTagged(Port from) {
            var parent = uplinks.parent(from);
            int vlan = Objects.requireNonNullElse(from.link().vlan(), 0);
            if (uplinks.isUplink(parent) && parent.link().running()) {
                toFabric(parent, vlan);
            } else {
                throw new NotObservedException(Phrases.VLAN.with(vlan, parent));
            }
        }

        private void toFabric(Port from, int vlan) {
            fabric = true;
            var others = uplinks.on(vlan).stream()
                    .filter(port -> !port.equals(from)
                            && !(vlan != 0 && uplinks.parent(port).equals(from)))
                    .collect(toCollection(LinkedHashSet::new));
            var segment = bySegments ? segment(vlan) : Optional.<Segment>empty();
            if (segment.isPresent()) {
                var except = new HashSet<>(uplinks.on(vlan));
                except.removeAll(others);
                beyond.add(new Reach(segment.get(), except));
            } else {
                others.forEach(this::receive);
            }
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
            if (uplinks.isUplink(at) || at.link().kind().equals("vlan")) {
                uplinks.children(at).stream()
                        .filter(child -> child.link().running())
                        .forEach(heard::add);
            }
        }

        private void receiveOnBridge(Port at, Optional<Link> master) {
            var bridge =
                    new Port(at.host(), master.orElseThrow(() -> new NotObservedException(Phrases.MASTER.with(at))));
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
}
