package dev.underpass.coordinator;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Link;
import dev.underpass.net.MacAddress;
import dev.underpass.net.NetworkState;
import java.util.Set;

/// The veth pair that leads from a Pod to its node.
///
/// @param inPod the Pod's end: `veth0` in underlay mode, the overlay's NIC otherwise
/// @param onNode the node's end
record PodLeg(Link inPod, Link onNode) {

    static final DeviceName VETH0 = new DeviceName("veth0");

    private static final int DEFAULT_MTU = 1500;

    DeviceName device() {
        return inPod.name();
    }

    MacAddress podMac() {
        return mac(inPod);
    }

    MacAddress nodeMac() {
        return mac(onNode);
    }

    private static MacAddress mac(Link link) {
        if (link.address() == null) {
            throw new Unpredictable(Phrases.MAC_UNREPORTED.with(link.name()));
        }
        return link.address();
    }

    /// The pair that is there.
    static PodLeg of(NetworkState pod, NetworkState host, DeviceName device) {
        var inPod =
                Drift.link(pod, device).orElseThrow(() -> new Unpredictable(Phrases.DEVICE_UNREPORTED.with(device)));
        var onNode = Drift.hostEnd(pod, host, device)
                .orElseThrow(() -> new Unpredictable(Phrases.NODE_END_UNREPORTED.with(device)));
        return new PodLeg(inPod, onNode);
    }

    /// A new pair, as the coordinator would make it; the addresses that it draws by lot stand for any.
    ///
    /// @param address one of the Pod's, which makes the names and link-layer addresses its own
    static PodLeg made(NetworkState pod, NetworkState host, IpAddress address) {
        int inPod = freeIndex(pod);
        int onNode = freeIndex(host);
        int lot = address.hashCode();
        return new PodLeg(
                link(inPod, VETH0, onNode, 0, lot),
                link(onNode, new DeviceName("veth%08xnew".formatted(lot)), inPod, 1, lot));
    }

    private static int freeIndex(NetworkState state) {
        if (state.links() == null) {
            throw new Unpredictable(Phrases.ALL_DEVICES_UNREPORTED.with());
        }
        return 1 + state.links().stream().mapToInt(Link::index).max().orElse(0);
    }

    private static Link link(int index, DeviceName name, int peer, int end, int lot) {
        var mac = new MacAddress("0a:%02x:%02x:%02x:%02x:%02x"
                .formatted(end, lot >>> 24, (lot >>> 16) & 0xff, (lot >>> 8) & 0xff, lot & 0xff));
        var flags = Set.of("BROADCAST", "MULTICAST", "UP", "LOWER_UP");
        return new Link(
                index, name, "veth", flags, "UP", mac, DEFAULT_MTU, peer, null, null, "", null, null, "default");
    }

    /// The same with another MTU at both ends.
    PodLeg withMtu(int bytes) {
        return new PodLeg(withMtu(inPod, bytes), withMtu(onNode, bytes));
    }

    private static Link withMtu(Link link, int bytes) {
        return new Link(
                link.index(),
                link.name(),
                link.kind(),
                link.flags(),
                link.operState(),
                link.address(),
                bytes,
                link.peerIndex(),
                link.peerName(),
                link.peerNamespace(),
                link.mode(),
                link.vlan(),
                link.master(),
                link.group());
    }
}
