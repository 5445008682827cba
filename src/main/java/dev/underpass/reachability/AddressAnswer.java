package dev.underpass.reachability;

import dev.underpass.net.AddressType;
import dev.underpass.net.Flow;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NextHop;
import dev.underpass.net.Packet;
import dev.underpass.net.Protocol;
import dev.underpass.net.RouteDecision;
import java.util.List;

/// Whether a namespace answers when somebody on a wire asks who has an address (`arp_process`, `ndisc_recv_ns`).
final class AddressAnswer {

    private AddressAnswer() {}

    static boolean answers(Port port, IpAddress wanted, IpAddress asker) {
        return wanted.family() == IpAddress.Family.IPV4 ? arp(port, wanted, asker) : ndp(port, wanted);
    }

    /// Whether it answers a question without a sender's address (`ip 0.0.0.0`), as for duplicate detection.
    static boolean answersProbe(Port port, IpAddress wanted) {
        return port.host().stack().isLocal(wanted) && !ignored(port, wanted, wanted);
    }

    /// An address of any device is answered for; others only by proxy ARP. A question whose sender would fail the
    /// reverse-path check is not answered at all.
    private static boolean arp(Port port, IpAddress wanted, IpAddress asker) {
        var stack = port.host().stack();
        var device = port.link().name();
        if (port.link().noArp() || stack.typeOf(wanted) == AddressType.BROADCAST) {
            return false;
        }
        var question = new Packet(asker, wanted, Protocol.TCP, 0, 0, Packet.Segment.DATAGRAM, 0);
        return switch (stack.input(question, device)) {
            case RouteDecision.Refuse _ -> false;
            case RouteDecision.Deliver _ ->
                !ignored(port, wanted, asker) && !(stack.sysctls().arpFilter(device) && filtered(port, wanted, asker));
            case RouteDecision.Send(var lookup, var _) -> proxied(port, wanted, lookup.nextHops());
        };
    }

    private static boolean ignored(Port port, IpAddress wanted, IpAddress asker) {
        var stack = port.host().stack();
        var device = port.link().name();
        return switch (stack.sysctls().arpIgnore(device)) {
            case 0 -> false;
            case 1 -> !stack.isLocalOn(wanted, device);
            case 2 ->
                stack.addresses().stream()
                        .noneMatch(address -> address.device().equals(device)
                                && address.local().equals(wanted)
                                && address.subnet().contains(asker));
            case 3 ->
                stack.addresses().stream()
                        .noneMatch(address -> address.local().equals(wanted)
                                && !address.scope().equals(dev.underpass.net.Scope.HOST));
            case 8 -> true;
            default -> false;
        };
    }

    /// `arp_filter`: the way back to the asker must leave by the device that was asked on.
    private static boolean filtered(Port port, IpAddress wanted, IpAddress asker) {
        var flow = Flow.to(asker).withSource(wanted);
        return !(port.host().stack().output(flow) instanceof RouteDecision.Send(var lookup, var _)
                && lookup.route().uses(port.link().name()));
    }

    private static boolean proxied(Port port, IpAddress wanted, List<NextHop> wayOn) {
        var device = port.link().name();
        if (wayOn.stream().anyMatch(hop -> device.equals(hop.device()))) {
            return false;
        }
        return port.host().stack().sysctls().proxyArp(device) || hasProxyEntry(port, wanted);
    }

    private static boolean hasProxyEntry(Port port, IpAddress wanted) {
        var entries = port.host().report().network().proxyNeighbours();
        return entries != null
                && entries.stream()
                        .anyMatch(entry -> entry.address().equals(wanted)
                                && entry.device().equals(port.link().name()));
    }

    /// IPv6 answers only for addresses of the very device, and for proxy entries while it forwards.
    private static boolean ndp(Port port, IpAddress wanted) {
        var stack = port.host().stack();
        var device = port.link().name();
        boolean own = stack.addresses().stream()
                .anyMatch(address ->
                        address.device().equals(device) && address.local().equals(wanted) && !address.unusable());
        return own || (hasProxyEntry(port, wanted) && stack.sysctls().forwarding6(device));
    }
}
