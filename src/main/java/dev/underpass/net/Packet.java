package dev.underpass.net;

import java.util.Objects;

/// The parts of a packet that routing and packet filters look at.
///
/// @param segment which packet of a TCP connection this is; `DATAGRAM` for other protocols
/// @param mark the fwmark inside the current network namespace; it does not cross to another one
public record Packet(
        IpAddress source,
        IpAddress destination,
        Protocol protocol,
        int sourcePort,
        int destinationPort,
        Segment segment,
        int mark) {

    /// What connection tracking tells apart.
    public enum Segment {
        SYN,
        SYN_ACK,
        ACK,
        RST,
        FIN,
        DATAGRAM
    }

    public Packet {
        if (source.family() != destination.family()) {
            throw new IllegalArgumentException("mixed address families: " + source + " and " + destination);
        }
        Objects.checkIndex(sourcePort, 65536);
        Objects.checkIndex(destinationPort, 65536);
    }

    public IpAddress.Family family() {
        return source.family();
    }

    public Packet withMark(int newMark) {
        return new Packet(source, destination, protocol, sourcePort, destinationPort, segment, newMark);
    }

    public Packet withSource(IpAddress newSource, int newPort) {
        return new Packet(newSource, destination, protocol, newPort, destinationPort, segment, mark);
    }

    public Packet withDestination(IpAddress newDestination, int newPort) {
        return new Packet(source, newDestination, protocol, sourcePort, newPort, segment, mark);
    }

    /// A packet of the other direction.
    public Packet answer(Segment answer, int newMark) {
        return new Packet(
                /* source= */ destination,
                /* destination= */ source,
                protocol,
                /* sourcePort= */ destinationPort,
                /* destinationPort= */ sourcePort,
                answer,
                newMark);
    }

    /// `10.6.212.241:40000 > 10.233.42.26:80 tcp syn`, as tcpdump orders it.
    @Override
    public String toString() {
        return "%s > %s %s %s"
                .formatted(
                        source.withPort(sourcePort),
                        destination.withPort(destinationPort),
                        protocol,
                        segment.name().toLowerCase(java.util.Locale.ROOT));
    }
}
