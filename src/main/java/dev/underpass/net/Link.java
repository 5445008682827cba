package dev.underpass.net;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A network device, `ip-link(8)`.
///
/// @param index the device's number in its namespace
/// @param kind `veth`, `macvlan`, `ipvlan`, `vlan`, `bridge`, `vxlan` …; empty for a physical device
/// @param flags `UP`, `LOWER_UP`, `NOARP` … as `ip link` prints them
/// @param address the link-layer address, absent where the kind has none
/// @param peerIndex the number of a veth's peer or of the parent device (`if7` of `veth0@if7`)
/// @param peerName the same by name when both are in one namespace
/// @param peerNamespace the number by which this namespace knows the peer's one (`link-netnsid`)
/// @param mode macvlan's or ipvlan's mode: `bridge`, `private`, `vepa`, `passthru`, `l2`, `l3`, `l3s`; empty otherwise
/// @param vlan the VLAN number of a `vlan` device
/// @param master the bridge, bond or VRF that the device belongs to
/// @param group the device group, `default` unless set
public record Link(
        int index,
        DeviceName name,
        String kind,
        Set<String> flags,
        String operState,
        @Nullable MacAddress address,
        int mtuBytes,
        @Nullable Integer peerIndex,
        @Nullable DeviceName peerName,
        @Nullable Integer peerNamespace,
        String mode,
        @Nullable Integer vlan,
        @Nullable DeviceName master,
        String group) {

    public Link {
        flags = Set.copyOf(flags);
    }

    public boolean up() {
        return flags.contains("UP");
    }

    /// Up, and with a carrier: frames go in and out.
    public boolean running() {
        return up() && flags.contains("LOWER_UP") && !operState.equals("DOWN") && !operState.equals("LOWERLAYERDOWN");
    }

    public boolean loopback() {
        return flags.contains("LOOPBACK");
    }

    /// Whether the device sends without asking for a link-layer address.
    public boolean noArp() {
        return flags.contains("NOARP") || loopback();
    }

    public boolean isVeth() {
        return kind.equals("veth");
    }

    /// A child that sends and receives through a parent device: macvlan or ipvlan.
    public boolean isUnderlayChild() {
        return kind.equals("macvlan") || kind.equals("ipvlan");
    }

    /// The first words of its line in `ip link`.
    @Override
    public String toString() {
        var at = peerName != null ? "@" + peerName : peerIndex != null ? "@if" + peerIndex : "";
        var type = kind.isEmpty() ? "" : " " + kind + (mode.isEmpty() ? "" : " mode " + mode);
        return "%d: %s%s: <%s> mtu %d state %s%s%s"
                .formatted(
                        index,
                        name,
                        at,
                        String.join(",", flags.stream().sorted().toList()),
                        mtuBytes,
                        operState,
                        address == null ? "" : " link/ether " + address,
                        type);
    }
}
