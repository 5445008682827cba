package dev.underpass.reachability;

import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What the Pod's own words are called, in its namespace and in its node's.
final class OwnWords {

    private final World world;
    private final Map<String, Integer> devices;
    private final Map<String, String> inside = new HashMap<>();
    private final Map<String, String> outside = new TreeMap<>();
    private final List<String> peers = new ArrayList<>();

    /// @param devices how many devices have each link-layer address
    OwnWords(World world, Map<String, Integer> devices, Host pod, Host node) {
        this.world = world;
        this.devices = devices;
        for (var link : Objects.requireNonNullElse(pod.report().network().links(), List.<Link>of())) {
            if (link.loopback()) {
                continue;
            }
            var name = link.name().value();
            inside.put(Words.index(link.index()), "index of " + name);
            if (link.address() != null) {
                both(link.address().toString(), "mac of " + name);
            }
            if (link.isVeth() && link.peerName() == null) {
                world.wiring().peer(new Port(pod, link)).ifPresent(peer -> addPeer(name, peer.link(), pod, node));
            }
        }
        var count = new HashMap<String, Integer>();
        for (var address : pod.stack().addresses()) {
            if (!address.device().value().equals("lo")) {
                var device = address.device().value();
                both(
                        address.local().toString(),
                        "address %d of %s".formatted(count.merge(device, 1, Integer::sum), device));
            }
        }
    }

    private void both(String word, String role) {
        inside.put(word, role);
        outside.put(word, role);
    }

    private void addPeer(String name, Link peer, Host pod, Host node) {
        inside.put(Words.index(peer.index()), "index of the peer of " + name);
        outside.put(Words.index(peer.index()), "index of the peer of " + name);
        outside.put(peer.name().value(), "peer of " + name);
        if (peer.peerIndex() != null) {
            outside.put(Words.index(peer.peerIndex()), "index of " + name);
        }
        var back = world.wiring().peer(new Port(node, peer)).map(Port::host);
        peers.add("%s is the peer of its peer: %s".formatted(name, back.map(host -> host == pod)));
        if (peer.peerNamespace() != null) {
            outside.put(Words.namespace(peer.peerNamespace()), "its namespace");
        }
        if (peer.address() != null && Objects.equals(devices.get(peer.address().toString()), 1)) {
            both(peer.address().toString(), "mac of the peer of " + name);
        }
        int count = 0;
        for (var address : node.stack().addresses()) {
            if (address.device().equals(peer.name()) && isOnlyOn(address, node)) {
                both(address.local().toString(), "address %d of the peer of %s".formatted(++count, name));
            }
        }
    }

    /// By word, as the Pod's own namespace has them.
    Map<String, String> inside() {
        return inside;
    }

    /// By word, as the node's namespace has them.
    Map<String, String> outside() {
        return outside;
    }

    /// Whether the other ends of its veth devices know it as their other end.
    List<String> peers() {
        return peers;
    }

    private static boolean isOnlyOn(InterfaceAddress address, Host node) {
        return node.stack().addresses().stream()
                        .filter(each -> each.local().equals(address.local()))
                        .count()
                == 1;
    }
}
