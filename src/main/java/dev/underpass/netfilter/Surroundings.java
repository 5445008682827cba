package dev.underpass.netfilter;

import dev.underpass.net.AddressType;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Packet;
import java.util.Optional;

/// What rules may ask of the namespace that the packet is in.
public interface Surroundings {

    /// The type of route that a lookup finds (`addrtype`, `fib daddr type`).
    AddressType typeOf(IpAddress address);

    /// Whether the address is local on this very device (`addrtype --limit-iface-in`).
    boolean isLocalOn(IpAddress address, DeviceName device);

    /// The source that MASQUERADE would choose for this device; empty when it cannot be told.
    ///
    /// REDIRECT asks it before routing for the receiving device's first address; empty then means that it has none.
    Optional<IpAddress> masqueradeSource(Packet packet, DeviceName out);
}
