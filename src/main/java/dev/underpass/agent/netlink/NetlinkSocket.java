package dev.underpass.agent.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A netlink socket, `netlink(7)`: requests, dumps and multicast messages over one descriptor.
final class NetlinkSocket implements AutoCloseable {

    static final int ROUTE = 0;
    static final int SOCK_DIAG = 4;
    static final int NETFILTER = 12;

    static final int REQUEST = 1;
    static final int ACK = 4;
    static final int DUMP = 0x300;

    private static final int HEADER = 16;
    private static final int DUMP_INTERRUPTED = 0x10;
    private static final int MULTI = 2;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int MAX_ATTEMPTS = 10;
    private static final int RECEIVE_TIMEOUT_SECONDS = 10;

    private final int fd;
    private final int port;
    private final NetlinkBuffer buffer;
    private IntConsumer onEvent = _ -> {};
    private boolean eventsLost;
    private int sequence;

    private NetlinkSocket(int fd, NetlinkBuffer buffer) throws NetlinkException {
        this.fd = fd;
        this.buffer = buffer;
        this.port = bound(fd);
    }

    /// Opens a socket in the network namespace of the current thread, where it stays.
    static NetlinkSocket open(int protocol, NetlinkBuffer buffer) throws NetlinkException {
        int socket =
                NetlinkException.checked("netlink socket", Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol));
        try {
            option(socket, "NETLINK_EXT_ACK", EXT_ACK, 1);
            option(socket, "NETLINK_CAP_ACK", CAP_ACK, 1);
            timeout(socket);
            return new NetlinkSocket(socket, buffer);
        } catch (NetlinkException e) {
            Libc.close(socket);
            throw e;
        }
    }

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_NETLINK = 270;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int CAP_ACK = 10;
    private static final int EXT_ACK = 11;
    private static final int GET_STRICT_CHECK = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;

    private static void option(int fd, String name, int option, int value) throws NetlinkException {
        NetlinkException.checked(name, Libc.setsockopt(fd, SOL_NETLINK, option, value));
    }

    /// The kernel answers at once; waiting longer means that something else has eaten the answer.
    private static void timeout(int fd) throws NetlinkException {
        try (var arena = Arena.ofConfined()) {
            var timeval = arena.allocateFrom(ValueLayout.JAVA_LONG, RECEIVE_TIMEOUT_SECONDS, 0);
            NetlinkException.checked("SO_RCVTIMEO", Libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, timeval));
        }
    }

    private static int bound(int fd) throws NetlinkException {
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(12, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            NetlinkException.checked("netlink bind", Libc.bind(fd, address));
            var length = arena.allocateFrom(ValueLayout.JAVA_INT, 12);
            NetlinkException.checked("getsockname", Libc.getsockname(fd, address, length));
            return address.get(ValueLayout.JAVA_INT, 4);
        }
    }

    int fd() {
        return fd;
    }

    /// Has the kernel check requests strictly, so that a filter it does not know is an error.
    void checkStrictly() throws NetlinkException {
        option(fd, "NETLINK_GET_STRICT_CHK", GET_STRICT_CHECK, 1);
    }

    /// Joins multicast groups; what they say comes to the consumer as message types.
    void join(IntConsumer events, int... groups) throws NetlinkException {
        onEvent = events;
        for (int group : groups) {
            option(fd, "joining netlink group " + group, ADD_MEMBERSHIP, group);
        }
    }

    /// Takes what multicast groups have said, without waiting.
    void drain() throws NetlinkException {
        for (int length = buffer.receive(fd, false); length != 0; length = buffer.receive(fd, false)) {
            if (length < 0) {
                eventsLost = true;
            } else {
                each(length, (_, _) -> null, new ArrayList<Void>());
            }
        }
    }

    /// Whether multicast messages were lost, and nobody has asked since.
    boolean hasLost() {
        return eventsLost;
    }

    /// Whether multicast messages were lost since the last time somebody asked.
    boolean takeLost() {
        boolean lost = eventsLost;
        eventsLost = false;
        return lost;
    }

    /// Makes an object of a message's payload; null leaves it out.
    @FunctionalInterface
    interface Decoder<T> {
        @Nullable
        T decode(int type, Message payload);
    }

    /// The zeroed payload of a request, in the machine's byte order.
    static ByteBuffer payload(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    /// Everything of one kind; a dump that a change interrupted is repeated.
    <T> List<T> dump(String what, int type, ByteBuffer payload, Decoder<T> decoder) throws NetlinkException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var result = new ArrayList<T>();
            if (exchange(what, type, REQUEST | DUMP, payload, decoder, result)) {
                return result;
            }
        }
        throw new NetlinkException(what, Libc.EINTR, "interrupted by changes %d times".formatted(MAX_ATTEMPTS));
    }

    /// What tells one dump from another, without any of it decoded.
    List<Long> prints(String what, int type, ByteBuffer payload) throws NetlinkException {
        return dump(what, type, payload, (_, message) -> message.print());
    }

    /// The answer to one request.
    <T> List<T> request(String what, int type, ByteBuffer payload, Decoder<T> decoder) throws NetlinkException {
        var result = new ArrayList<T>();
        exchange(what, type, REQUEST | ACK, payload, decoder, result);
        return result;
    }

    /// @return whether the answer is of one piece
    private <T> boolean exchange(
            String what, int type, int flags, ByteBuffer payload, Decoder<T> decoder, List<T> result)
            throws NetlinkException {
        sequence++;
        var message = ByteBuffer.allocate(HEADER + payload.limit()).order(ByteOrder.nativeOrder());
        message.putInt(HEADER + payload.limit()).putShort((short) type).putShort((short) flags);
        message.putInt(sequence).putInt(port).put(payload.duplicate().rewind());
        buffer.send(fd, message.array());
        boolean whole = true;
        while (true) {
            int length = buffer.receive(fd, true);
            if (length < 0) {
                eventsLost = true;
                continue;
            }
            var end = each(length, decoder, result);
            whole &= !end.interrupted();
            if (end.errno() > 0) {
                throw new NetlinkException(what, end.errno(), end.reason());
            }
            if (end.done()) {
                return whole;
            }
        }
    }

    /// How a part of an answer ended.
    private record End(boolean done, boolean interrupted, int errno, String reason) {}

    private <T> End each(int length, Decoder<T> decoder, List<T> result) {
        var data = buffer.received();
        var message = new Message(data, 0, length);
        boolean interrupted = false;
        for (int at = 0; at + HEADER <= length; ) {
            message.reset(at, length);
            int size = message.i32(0);
            if (size < HEADER || at + size > length) {
                break;
            }
            int type = message.u16(4);
            int flags = message.u16(6);
            boolean own = message.i32(8) == sequence && message.i32(12) == port;
            message.reset(at + HEADER, at + size);
            if (!own) {
                onEvent.accept(type);
            } else if (type == DONE || type == ERROR) {
                return ended(message, flags, interrupted || (flags & DUMP_INTERRUPTED) != 0);
            } else {
                interrupted |= (flags & DUMP_INTERRUPTED) != 0;
                var decoded = decoder.decode(type, message);
                if (decoded != null) {
                    result.add(decoded);
                }
            }
            at += Message.aligned(size);
        }
        return new End(false, interrupted, 0, "");
    }

    private static final int CAPPED = 0x100;
    private static final int TLVS = 0x200;
    private static final int REASON = 1;

    /// The end of a dump, an error, or an acknowledgement, which is error 0.
    private static End ended(Message message, int flags, boolean interrupted) {
        int errno = message.length() < 4 ? 0 : -message.i32(0);
        var reason = "";
        if ((flags & TLVS) != 0) {
            boolean multi = (flags & MULTI) != 0;
            message.attributesAfter(multi ? 4 : (flags & CAPPED) != 0 ? 4 + HEADER : 4 + message.i32(4));
            while (message.next()) {
                reason = message.type() == REASON ? message.valueText() : reason;
            }
        }
        return new End(true, interrupted, errno, reason);
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
