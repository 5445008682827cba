package dev.underpass.agent.netlink;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.report.Listener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the listening sockets of one network namespace through `sock_diag(7)`.
public final class ListenerSocket implements AutoCloseable {

    private static final int BY_FAMILY = 20;
    private static final int REQUEST = 56;

    /// `TCPDIAG_GETSOCK`: TCP of both families at once. The kernel walks a table of all namespaces' sockets for each
    /// dump.
    private static final int TCP_OF_BOTH = 18;

    private static final int TCP_REQUEST = 60;
    private static final int TCP_STATES = 52;
    private static final int ANSWER = 72;
    private static final int V6ONLY = 11;
    private static final int TCP_LISTEN = 10;
    private static final int UDP_UNCONNECTED = 7;

    private final NetlinkSocket socket;
    private List<Long> prints = List.of();

    private ListenerSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Opens one in the current thread's network namespace, where it stays.
    public static ListenerSocket open(NetlinkBuffer buffer) throws NetlinkException {
        return new ListenerSocket(NetlinkSocket.open(NetlinkSocket.SOCK_DIAG, buffer));
    }

    /// The listening TCP sockets and unconnected UDP ones.
    public List<Listener> listeners() throws NetlinkException {
        var seen = new ArrayList<Long>();
        var listeners = new ArrayList<Listener>();
        for (var kind : KINDS) {
            listeners.addAll(socket.dump("listeners", kind.type(), kind.request(), (_, message) -> {
                seen.add(message.print());
                return listener(message, kind.protocol());
            }));
        }
        prints = List.copyOf(seen);
        return listeners.stream()
                .distinct()
                .sorted(Comparator.comparing(Listener::protocol)
                        .thenComparingInt(Listener::port)
                        .thenComparing(each -> String.valueOf(each.address())))
                .toList();
    }

    /// Whether the kernel says of them what it said when they were last read.
    public boolean sameListeners() throws NetlinkException {
        var seen = new ArrayList<Long>();
        for (var kind : KINDS) {
            seen.addAll(socket.prints("listeners", kind.type(), kind.request()));
        }
        return seen.equals(prints);
    }

    /// What one dump is of, `linux/inet_diag.h`.
    private record Kind(Protocol protocol, int type, ByteBuffer request) {

        static Kind tcp() {
            var request = NetlinkSocket.payload(TCP_REQUEST).put(0, (byte) Message.AF_INET);
            return new Kind(Protocol.TCP, TCP_OF_BOTH, request.putInt(TCP_STATES, 1 << TCP_LISTEN));
        }

        static Kind udp(int family) {
            var request = NetlinkSocket.payload(REQUEST).put(0, (byte) family).put(1, (byte) Protocol.UDP.number());
            return new Kind(Protocol.UDP, BY_FAMILY, request.putInt(4, 1 << UDP_UNCONNECTED));
        }
    }

    private static final List<Kind> KINDS = List.of(Kind.tcp(), Kind.udp(Message.AF_INET), Kind.udp(Message.AF_INET6));

    private static @Nullable Listener listener(Message message, Protocol protocol) {
        boolean six = message.u8(0) == Message.AF_INET6;
        int port = message.port(4);
        var address = message.address(8, six ? Family.IPV6 : Family.IPV4).unmapped();
        boolean onlySix = true;
        message.attributesAfter(ANSWER);
        while (message.next()) {
            if (message.type() == V6ONLY) {
                onlySix = message.valueU8() != 0;
            }
        }
        boolean both = six && !onlySix && isWildcard(address);
        return port == 0 ? null : new Listener(protocol, both ? null : address, port);
    }

    private static boolean isWildcard(IpAddress address) {
        return address.high() == 0 && address.low() == 0;
    }

    @Override
    public void close() {
        socket.close();
    }
}
