package dev.underpass.net;

import java.util.Set;

/// An address of a device, `ip-address(8)`.
///
/// @param local the address itself
/// @param subnet the prefix on the link: around the peer's address when it is point-to-point
/// @param flags `secondary`, `tentative`, `dadfailed`, `deprecated` … as `ip addr` prints them
public record InterfaceAddress(DeviceName device, IpAddress local, IpPrefix subnet, Scope scope, Set<String> flags) {

    public InterfaceAddress {
        flags = Set.copyOf(flags);
    }

    public IpAddress.Family family() {
        return local.family();
    }

    /// Not the first address of its subnet on the device; never chosen as a source.
    public boolean secondary() {
        return flags.contains("secondary");
    }

    /// Duplicate address detection has not accepted it: the kernel does not use it.
    public boolean unusable() {
        return (flags.contains("tentative") && !flags.contains("optimistic")) || flags.contains("dadfailed");
    }

    @Override
    public String toString() {
        return "%s %s/%d dev %s scope %s"
                .formatted(family() == IpAddress.Family.IPV4 ? "inet" : "inet6", local, subnet.length(), device, scope);
    }
}
