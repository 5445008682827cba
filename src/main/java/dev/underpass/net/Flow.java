package dev.underpass.net;

import org.jspecify.annotations.Nullable;

/// The key of a route lookup (`struct flowi`).
///
/// @param source absent while the source address is still to be chosen
/// @param incoming the device that the packet came in by; absent for packets of this namespace's own sockets
/// @param outgoing the device that the sender is bound to
/// @param uid the owner of the sending socket, absent when unknown
public record Flow(
        @Nullable IpAddress source,
        IpAddress destination,
        @Nullable DeviceName incoming,
        @Nullable DeviceName outgoing,
        int mark,
        int typeOfService,
        int protocol,
        int sourcePort,
        int destinationPort,
        @Nullable Long uid) {

    /// The lookup for a packet that a socket of this namespace sends.
    public static Flow from(Packet packet) {
        return of(packet, null, packet.mark());
    }

    /// The lookup for a packet that came in by a device.
    public static Flow into(Packet packet, DeviceName incoming) {
        return of(packet, incoming, packet.mark());
    }

    /// A lookup for an address alone.
    public static Flow to(IpAddress destination) {
        return new Flow(null, destination, null, null, 0, 0, 0, 0, 0, null);
    }

    private static Flow of(Packet packet, @Nullable DeviceName incoming, int mark) {
        return new Flow(
                packet.source(),
                packet.destination(),
                incoming,
                null,
                mark,
                0,
                packet.protocol().number(),
                packet.sourcePort(),
                packet.destinationPort(),
                incoming == null ? null : 0L);
    }

    public Flow withSource(@Nullable IpAddress newSource) {
        return new Flow(
                newSource,
                destination,
                incoming,
                outgoing,
                mark,
                typeOfService,
                protocol,
                sourcePort,
                destinationPort,
                uid);
    }

    public Flow withOutgoing(@Nullable DeviceName device) {
        return new Flow(
                source, destination, incoming, device, mark, typeOfService, protocol, sourcePort, destinationPort, uid);
    }
}
