package dev.underpass.agent.netlink;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A TCP or UDP socket whose states and errors a probe has to see more of than Java's sockets show.
public final class ProbeSocket implements AutoCloseable {

    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int MTU_DISCOVER = 10;
    private static final int MTU_DISCOVER_6 = 23;
    private static final int PMTUDISC_PROBE = 3;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int SHUT_WR = 1;
    private static final int MSG_NOSIGNAL = 0x4000;

    private static final short READABLE = 1;
    private static final short WRITABLE = 4;

    private final int fd;
    private final Family family;

    private ProbeSocket(int fd, Family family) {
        this.fd = fd;
        this.family = family;
    }

    /// Opens one in the current thread's network namespace, where it stays.
    public static ProbeSocket open(Protocol protocol, Family family) throws NetlinkException {
        int domain = family == Family.IPV4 ? Message.AF_INET : Message.AF_INET6;
        int type = protocol == Protocol.TCP ? STREAM : DATAGRAM;
        return new ProbeSocket(
                NetlinkException.checked("socket", Libc.socket(domain, type | NONBLOCK | CLOEXEC, 0)), family);
    }

    /// Starts to connect.
    ///
    /// @return 0 if that goes on or is done, or the error number
    public int connect(IpAddress address, int port) {
        try (var arena = Arena.ofConfined()) {
            int result = Libc.connect(fd, socketAddress(arena, address, port));
            int errno = result == 0 ? 0 : Libc.errno();
            return errno == Libc.EINPROGRESS ? 0 : errno;
        }
    }

    private MemorySegment socketAddress(Arena arena, IpAddress address, int port) {
        boolean four = family == Family.IPV4;
        var segment = arena.allocate(four ? 16 : 28, 8);
        segment.set(ValueLayout.JAVA_SHORT, 0, (short) (four ? Message.AF_INET : Message.AF_INET6));
        segment.set(NETWORK_SHORT, 2, (short) port);
        if (four) {
            segment.set(NETWORK_INT, 4, (int) (address.high() >>> 32));
        } else {
            segment.set(NETWORK_LONG, 8, address.high());
            segment.set(NETWORK_LONG, 16, address.low());
        }
        return segment;
    }

    /// Waits until data can be written: a TCP socket is connected then, or has failed.
    public boolean awaitWritable(int timeoutMillis) throws NetlinkException {
        return await(WRITABLE, timeoutMillis);
    }

    /// Waits until there is something to read, or an error.
    public boolean awaitReadable(int timeoutMillis) throws NetlinkException {
        return await(READABLE, timeoutMillis);
    }

    private boolean await(short events, int timeoutMillis) throws NetlinkException {
        try (var arena = Arena.ofConfined()) {
            var descriptor = arena.allocate(8, 4);
            descriptor.set(ValueLayout.JAVA_INT, 0, fd);
            descriptor.set(ValueLayout.JAVA_SHORT, 4, events);
            return NetlinkException.checked("poll", Libc.poll(descriptor, 1, timeoutMillis)) > 0;
        }
    }

    /// The error that the socket has met since the last time somebody asked; 0 if none.
    public int takeError() throws NetlinkException {
        return option(SOL_SOCKET, SO_ERROR);
    }

    /// The state of a TCP connection, `tcp_states.h`: 1 established, 4 FIN sent, 5 FIN acknowledged, 7 closed …
    public int tcpState() throws NetlinkException {
        return option(IPPROTO_TCP, TCP_INFO) & 0xff;
    }

    private int option(int level, int option) throws NetlinkException {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(8, 8);
            var length = arena.allocateFrom(ValueLayout.JAVA_INT, 4);
            NetlinkException.checked("getsockopt", Libc.getsockopt(fd, level, option, value, length));
            return value.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /// Sends the FIN of a TCP connection; the other direction stays open.
    public void halfClose() {
        // Fails only where the connection has ended already, which its state and error tell.
        Libc.shutdown(fd, SHUT_WR);
    }

    /// Forbids fragmentation of what is sent, and ignores what is known of the path's MTU.
    public void forbidFragments() throws NetlinkException {
        boolean four = family == Family.IPV4;
        NetlinkException.checked(
                "IP_MTU_DISCOVER",
                Libc.setsockopt(
                        fd, four ? IPPROTO_IP : IPPROTO_IPV6, four ? MTU_DISCOVER : MTU_DISCOVER_6, PMTUDISC_PROBE));
    }

    /// Sends a datagram.
    ///
    /// @return 0, or the error number
    public int send(byte[] data) {
        try (var arena = Arena.ofConfined()) {
            var segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
            return Libc.send(fd, segment, data.length, MSG_NOSIGNAL) < 0 ? Libc.errno() : 0;
        }
    }

    /// Receives a datagram without waiting; empty if there is none.
    public byte[] receive(int maxBytes) {
        try (var arena = Arena.ofConfined()) {
            var segment = arena.allocate(maxBytes);
            long length = Libc.recv(fd, segment, 0);
            return length <= 0 ? new byte[0] : segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /// The text of an error number, strerror(3).
    public static String errorText(int errno) {
        return Libc.text(errno);
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
