package dev.underpass.agent.netlink;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.report.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the listening sockets of one network namespace through `sock_diag(7)`.
public final class ListenerSocket implements AutoCloseable {

    private static final int BY_FAMILY = 20;
    private static final int REQUEST = 56;
    private static final int ANSWER = 72;
    private static final int V6ONLY = 11;
    private static final int TCP_LISTEN = 10;
    private static final int UDP_UNCONNECTED = 7;

    private final NetlinkSocket socket;

    private ListenerSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Opens one in the current thread's network namespace, where it stays.
    public static ListenerSocket open(NetlinkBuffer buffer) throws NetlinkException {
        return new ListenerSocket(NetlinkSocket.open(NetlinkSocket.SOCK_DIAG, buffer));
    }

    /// The listening TCP sockets and unconnected UDP ones.
    public List<Listener> listeners() throws NetlinkException {
        var listeners = new ArrayList<Listener>();
        for (var family : Family.values()) {
            listeners.addAll(dump(family, Protocol.TCP, TCP_LISTEN));
            listeners.addAll(dump(family, Protocol.UDP, UDP_UNCONNECTED));
        }
        return listeners.stream()
                .distinct()
                .sorted(Comparator.comparing(Listener::protocol)
                        .thenComparingInt(Listener::port)
                        .thenComparing(each -> String.valueOf(each.address())))
                .toList();
    }

    private List<Listener> dump(Family family, Protocol protocol, int state) throws NetlinkException {
        var request = NetlinkSocket.payload(REQUEST);
        request.put(0, (byte) (family == Family.IPV4 ? Message.AF_INET : Message.AF_INET6));
        request.put(1, (byte) protocol.number());
        request.putInt(4, 1 << state);
        return socket.dump("listeners", BY_FAMILY, request, (_, message) -> listener(message, protocol));
    }

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
