package dev.underpass.agent.probe;

import dev.underpass.net.IpAddress.Family;
import java.nio.ByteBuffer;
import java.util.Random;

/// A question for the root's name servers, which every DNS server answers or refuses (RFC 1035).
final class DnsQuery {

    static final int MAX_BYTES = 9000;

    private static final Random RANDOM = new Random();
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int ANSWER = 0x80;
    private static final int PLAIN_BYTES = 12 + 1 + 4;
    private static final int OPT_BYTES = 11;
    private static final int PADDING_HEADER = 4;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private final int id;
    private final byte[] bytes;

    private DnsQuery(int id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    static DnsQuery plain() {
        int id = RANDOM.nextInt(1 << 16);
        return new DnsQuery(
                id, question(id, ByteBuffer.allocate(PLAIN_BYTES), 0).array());
    }

    private static ByteBuffer question(int id, ByteBuffer query, int additional) {
        query.putShort((short) id).putShort((short) RECURSION_DESIRED);
        query.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) additional);
        // The root, type NS, class IN.
        return query.put((byte) 0).putShort((short) 2).putShort((short) 1);
    }

    /// One whose IP packet is that large, by EDNS padding (RFC 7830).
    ///
    /// @throws IllegalArgumentException if no query can be that large or that small
    static DnsQuery padded(int packetBytes, Family family) {
        int size = packetBytes - UDP_HEADER - (family == Family.IPV4 ? IPV4_HEADER : IPV6_HEADER);
        int padding = size - PLAIN_BYTES - OPT_BYTES - PADDING_HEADER;
        if (padding < 0 || size > MAX_BYTES) {
            throw new IllegalArgumentException("not a size for a DNS query: %d bytes".formatted(packetBytes));
        }
        int id = RANDOM.nextInt(1 << 16);
        var query = question(id, ByteBuffer.allocate(size), 1);
        // OPT: the root, type 41, our UDP size, flags, and one option: padding.
        query.put((byte) 0).putShort((short) 41).putShort((short) 1232).putInt(0);
        query.putShort((short) (PADDING_HEADER + padding)).putShort((short) 12).putShort((short) padding);
        return new DnsQuery(id, query.array());
    }

    /// Whether the datagram is an answer to this question, whatever it says.
    boolean isAnsweredBy(byte[] datagram) {
        return datagram.length >= 12
                && ((datagram[0] & 0xff) << 8 | (datagram[1] & 0xff)) == id
                && (datagram[2] & ANSWER) != 0;
    }
}
