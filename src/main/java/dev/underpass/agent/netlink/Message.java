package dev.underpass.agent.netlink;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.MacAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A part of a received netlink message: its fields by offset, its attributes by walking over them.
///
/// Numbers are in the machine's byte order, but for those of the network itself.
final class Message {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int NESTED_OR_ORDER = 0xc000;

    private final byte[] data;
    private int from;
    private int to;

    /// The attribute that [#next] stands on.
    private int type;

    private int valueFrom;
    private int valueTo;
    private int nextFrom;

    Message(byte[] data, int from, int to) {
        this.data = data;
        reset(from, to);
    }

    /// Points it to another part of the same bytes.
    void reset(int from, int to) {
        this.from = from;
        this.to = Math.min(to, data.length);
        this.nextFrom = this.to;
    }

    int length() {
        return to - from;
    }

    int u8(int offset) {
        return data[from + offset] & 0xff;
    }

    int u16(int offset) {
        return raw16(from + offset);
    }

    int i32(int offset) {
        return raw32(from + offset);
    }

    private int raw16(int at) {
        int first = data[at] & 0xff;
        int second = data[at + 1] & 0xff;
        return LITTLE ? first | second << 8 : first << 8 | second;
    }

    private int raw32(int at) {
        int first = raw16(at);
        int second = raw16(at + 2);
        return LITTLE ? first | second << 16 : first << 16 | second;
    }

    /// A port number: network byte order.
    int port(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    /// Starts to walk over the attributes behind a header of that size.
    void attributesAfter(int header) {
        nextFrom = from + header;
    }

    /// Steps to the next attribute.
    boolean next() {
        if (nextFrom + 4 > to) {
            return false;
        }
        int length = raw16(nextFrom);
        if (length < 4 || nextFrom + length > to) {
            return false;
        }
        type = raw16(nextFrom + 2) & ~NESTED_OR_ORDER;
        valueFrom = nextFrom + 4;
        valueTo = nextFrom + length;
        nextFrom = nextFrom + aligned(length);
        return true;
    }

    /// Messages and attributes start at multiples of four.
    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    int type() {
        return type;
    }

    int valueLength() {
        return valueTo - valueFrom;
    }

    int valueU8() {
        return valueLength() < 1 ? 0 : data[valueFrom] & 0xff;
    }

    int valueU16() {
        return valueLength() < 2 ? valueU8() : raw16(valueFrom);
    }

    int valueI32() {
        return valueLength() < 4 ? valueU16() : raw32(valueFrom);
    }

    /// The value's 32-bit number at an index, as in an array.
    int valueI32(int index) {
        return raw32(valueFrom + 4 * index);
    }

    long valueU32() {
        return Integer.toUnsignedLong(valueI32());
    }

    /// A number in network byte order.
    int valueNetwork32() {
        return network32(valueFrom);
    }

    /// A text, without the zero at its end.
    String valueText() {
        int end = valueTo;
        while (end > valueFrom && data[end - 1] == 0) {
            end--;
        }
        return new String(data, valueFrom, end - valueFrom, StandardCharsets.UTF_8);
    }

    /// An address of the family that its length tells; null for any other length.
    @Nullable
    IpAddress valueAddress() {
        return switch (valueLength()) {
            case 4 -> address(Family.IPV4, valueFrom);
            case 16 -> address(Family.IPV6, valueFrom);
            default -> null;
        };
    }

    /// The address at an offset into the message.
    IpAddress address(int offset, Family family) {
        return address(family, from + offset);
    }

    private IpAddress address(Family family, int at) {
        return family == Family.IPV4
                ? Shared.address(family, (long) network32(at) << 32, 0)
                : Shared.address(family, network64(at), network64(at + 8));
    }

    private int network32(int at) {
        return (data[at] & 0xff) << 24
                | (data[at + 1] & 0xff) << 16
                | (data[at + 2] & 0xff) << 8
                | (data[at + 3] & 0xff);
    }

    private long network64(int at) {
        return (long) network32(at) << 32 | Integer.toUnsignedLong(network32(at + 4));
    }

    /// A gateway of the other family: two bytes of family, then the address.
    @Nullable
    IpAddress valueVia() {
        return switch (valueLength()) {
            case 6 -> address(Family.IPV4, valueFrom + 2);
            case 18 -> address(Family.IPV6, valueFrom + 2);
            default -> null;
        };
    }

    /// An Ethernet address; null for link-layer addresses of another length.
    @Nullable
    MacAddress valueMac() {
        if (valueLength() != 6) {
            return null;
        }
        var text = new char[17];
        for (int i = 0; i < 6; i++) {
            int octet = data[valueFrom + i] & 0xff;
            text[3 * i] = HEX[octet >> 4];
            text[3 * i + 1] = HEX[octet & 15];
            if (i < 5) {
                text[3 * i + 2] = ':';
            }
        }
        return new MacAddress(new String(text));
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ODD = 0x9e3779b97f4a7c15L;

    /// A hash of all its bytes: another one for as good as every other message.
    long print() {
        long hash = length();
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(data, at));
        }
        for (; at < to; at++) {
            hash = mixed(hash ^ data[at]);
        }
        return hash;
    }

    private static long mixed(long hash) {
        long product = hash * ODD;
        return product ^ product >>> 32;
    }

    /// A part of it, by offsets.
    Message part(int start, int end) {
        return new Message(data, from + start, from + end);
    }

    /// The value as a message of its own, whose attributes start at once.
    Message value() {
        var nested = new Message(data, valueFrom, valueTo);
        nested.attributesAfter(0);
        return nested;
    }
}
