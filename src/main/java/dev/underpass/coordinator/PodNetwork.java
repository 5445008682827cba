package dev.underpass.coordinator;

import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a Pod is attached to the network, inferred from its devices, rules and routes.
///
/// @param nodeLeg the veth pair to the node that underlay mode adds, absent in other modes and when it is gone
/// @param reason what the mode was inferred from, one sentence
public record PodNetwork(
        ObjectName pod,
        NodeName node,
        Mode mode,
        List<Nic> nics,
        @Nullable DeviceName nodeLeg,
        Sentence reason) {

    /// The way that Service traffic takes out of the Pod.
    public enum Mode {
        /// The first NIC is on the underlay; a veth pair leads to the node.
        UNDERLAY,
        /// The first NIC is on the underlay, and no coordinator was asked to add anything.
        UNDERLAY_WITHOUT_COORDINATOR,
        /// The first NIC is the overlay's; others are on the underlay.
        OVERLAY_MULTI_NIC,
        /// Only the overlay's NIC.
        OVERLAY,
        /// The Pod shares its node's network.
        HOST_NETWORK,
        /// Nothing was reported of it.
        UNKNOWN
    }

    /// What a device of the Pod is for.
    public enum Role {
        UNDERLAY,
        OVERLAY,
        NODE_LEG,
        OTHER
    }

    /// One device.
    ///
    /// @param kind `macvlan`, `ipvlan`, `veth`, or `physical` for a VF
    public record Nic(DeviceName device, Role role, String kind, List<IpAddress> addresses) {
        public Nic {
            addresses = List.copyOf(addresses);
        }

        public Optional<IpAddress> address(IpAddress.Family family) {
            return addresses.stream().filter(a -> a.family() == family).findFirst();
        }
    }

    public PodNetwork {
        nics = List.copyOf(nics);
    }

    public List<Nic> nics(Role role) {
        return nics.stream().filter(nic -> nic.role() == role).toList();
    }

    public boolean isUnderlay() {
        return mode == Mode.UNDERLAY || mode == Mode.UNDERLAY_WITHOUT_COORDINATOR;
    }

    /// Whether one of its NICs is on the underlay, so that the coordinator can have a say in how it is attached.
    public boolean hasUnderlay() {
        return isUnderlay() || mode == Mode.OVERLAY_MULTI_NIC;
    }

    /// The NIC that the Pod's address for Services belongs to: the overlay's, else the first underlay one.
    public Optional<Nic> primary() {
        return nics(Role.OVERLAY).stream()
                .findFirst()
                .or(() -> nics(Role.UNDERLAY).stream().findFirst());
    }

    /// The device that leads Service traffic to the node.
    public Optional<DeviceName> hostLeg() {
        return isUnderlay()
                ? Optional.ofNullable(nodeLeg)
                : nics(Role.OVERLAY).stream().findFirst().map(Nic::device);
    }

    /// What people filter by: `macvlan`, `ipvlan`, `sriov`, `overlay`, `overlay+macvlan`, `host` …
    public String attachment() {
        return switch (mode) {
            case UNDERLAY, UNDERLAY_WITHOUT_COORDINATOR -> underlayKind();
            case OVERLAY_MULTI_NIC -> "overlay+" + underlayKind();
            case OVERLAY -> "overlay";
            case HOST_NETWORK -> "host";
            case UNKNOWN -> "unknown";
        };
    }

    private String underlayKind() {
        var kind = nics(Role.UNDERLAY).stream().findFirst().map(Nic::kind).orElse("unknown");
        return kind.equals("physical") ? "sriov" : kind;
    }
}
