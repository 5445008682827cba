package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Packet;
import dev.underpass.net.Protocol;

/// One direction of a connection: what the kernel calls a tuple.
record Flow(IpAddress source, int sourcePort, IpAddress destination, int destinationPort, Protocol protocol) {

    static Flow of(Packet packet) {
        return new Flow(
                packet.source(),
                packet.sourcePort(),
                packet.destination(),
                packet.destinationPort(),
                packet.protocol());
    }

    /// The flow of the answers.
    Flow inverted() {
        return withSource(destination, destinationPort).withDestination(source, sourcePort);
    }

    Flow withSource(IpAddress address, int port) {
        return new Flow(address, port, destination, destinationPort, protocol);
    }

    Flow withDestination(IpAddress address, int port) {
        return new Flow(source, sourcePort, address, port, protocol);
    }

    /// As `conntrack -L` prints it.
    @Override
    public String toString() {
        return "src=%s dst=%s sport=%d dport=%d".formatted(source, destination, sourcePort, destinationPort);
    }
}
