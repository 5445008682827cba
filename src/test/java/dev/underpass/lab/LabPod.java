package dev.underpass.lab;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Pod of the lab.
///
/// @param index makes its MAC addresses and its host device's name its own
/// @param eth0 the addresses of its first NIC
/// @param net1 the addresses of its second NIC, if it has one
/// @param second the range of the second NIC
public record LabPod(
        String name,
        LabNode node,
        int index,
        Kind kind,
        Addresses eth0,
        @Nullable Addresses net1,
        Range second) {

    /// What the first NIC belongs to.
    public enum Kind {
        /// Calico's veth.
        OVERLAY,
        /// macvlan, with the coordinator's veth0 beside it.
        UNDERLAY
    }

    boolean underlay() {
        return kind == Kind.UNDERLAY;
    }

    Optional<Addresses> secondNic() {
        return Optional.ofNullable(net1);
    }

    /// The addresses of all its NICs.
    Stream<Addresses> addresses() {
        return Stream.concat(Stream.of(eth0), secondNic().stream());
    }

    /// The node's end of the veth pair.
    String hostDevice() {
        return (underlay() ? "veth" : "cali") + "%011x".formatted(0xabcdef00000L + index);
    }

    /// The Pod's end of it.
    String podLeg() {
        return underlay() ? "veth0" : "eth0";
    }

    String hostMac() {
        return underlay() ? mac(3) : "ee:ee:ee:ee:ee:ee";
    }

    /// The MAC of the Pod's end of the veth pair.
    String legMac() {
        return underlay() ? mac(2) : mac(1);
    }

    /// @param device 1 is eth0, 2 is veth0, 3 is veth0's peer, 4 is net1
    String mac(int device) {
        return "02:00:5e:00:%02x:%02x".formatted(index, device);
    }
}
