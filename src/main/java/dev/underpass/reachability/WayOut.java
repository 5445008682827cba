package dev.underpass.reachability;

import dev.underpass.net.AddressType;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NextHop;
import dev.underpass.net.NotObservedException;
import dev.underpass.net.Packet;
import dev.underpass.net.RouteDecision;
import dev.underpass.net.Scope;
import dev.underpass.netfilter.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What rules may ask of the namespace, at one point of a packet's way.
///
/// @param decision where the packet goes from here, absent while that is not decided
record WayOut(Host host, @Nullable RouteDecision decision) implements Surroundings {

    static final DeviceName LOOPBACK = new DeviceName("lo");

    @Override
    public AddressType typeOf(IpAddress address) {
        return host.stack().typeOf(address);
    }

    @Override
    public boolean isLocalOn(IpAddress address, DeviceName device) {
        return host.stack().isLocalOn(address, device);
    }

    /// MASQUERADE takes the address that the device would use towards the next hop; IPv6 towards the destination.
    @Override
    public Optional<IpAddress> masqueradeSource(Packet packet, DeviceName out) {
        if (decision == null) {
            // REDIRECT asks before routing, for the receiving device's own first address.
            return host.stack().addresses().stream()
                    .filter(address -> address.device().equals(out) && address.family() == packet.family())
                    .map(InterfaceAddress::local)
                    .findFirst();
        }
        return host.stack().sourceTowards(out, towards(packet), Scope.GLOBAL);
    }

    /// The device that a packet leaves by: the loopback device for the namespace's own sockets.
    static DeviceName device(RouteDecision decision) {
        return decision instanceof RouteDecision.Send(var lookup, var _)
                ? device(lookup.nextHops().getFirst())
                : LOOPBACK;
    }

    static DeviceName device(NextHop hop) {
        var device = hop.device();
        if (device == null) {
            throw new NotObservedException(Phrases.NEXT_HOP_DEVICE.with(hop));
        }
        return device;
    }

    private IpAddress towards(Packet packet) {
        if (packet.family() == IpAddress.Family.IPV4 && decision instanceof RouteDecision.Send(var lookup, var _)) {
            var gateway = lookup.nextHops().getFirst().gateway();
            if (gateway != null && gateway.family() == IpAddress.Family.IPV4) {
                return gateway;
            }
        }
        return packet.destination();
    }
}
