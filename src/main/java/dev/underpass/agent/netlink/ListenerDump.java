package dev.underpass.agent.netlink;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import dev.underpass.report.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads listening sockets through `sock_diag(7)`.
public final class ListenerDump {

    private static final int BY_FAMILY = 20;
    private static final int REQUEST = 56;
    private static final int ANSWER = 72;
    private static final int V6ONLY = 11;
    private static final int TCP_LISTEN = 10;
    private static final int UDP_UNCONNECTED = 7;

    private ListenerDump() {}

    /// The listening TCP sockets and unconnected UDP ones of the current thread's network namespace.
    public static List<Listener> read(NetlinkBuffer buffer) throws NetlinkException {
        var listeners = new ArrayList<Listener>();
        try (var socket = NetlinkSocket.open(NetlinkSocket.SOCK_DIAG, buffer)) {
            for (var family : Family.values()) {
                listeners.addAll(dump(socket, family, Protocol.TCP, TCP_LISTEN));
                listeners.addAll(dump(socket, family, Protocol.UDP, UDP_UNCONNECTED));
            }
        }
        return listeners.stream()
                .distinct()
                .sorted(Comparator.comparing(Listener::protocol)
                        .thenComparingInt(Listener::port)
                        .thenComparing(each -> String.valueOf(each.address())))
                .toList();
    }

    private static List<Listener> dump(NetlinkSocket socket, Family family, Protocol protocol, int state)
            throws NetlinkException {
        var request = NetlinkSocket.payload(REQUEST);
        request.put(0, (byte) (family == Family.IPV4 ? Message.AF_INET : Message.AF_INET6));
        request.put(1, (byte) protocol.number());
        request.putInt(4, 1 << state);
        return socket.dump("listeners", BY_FAMILY, request, (_, message) -> listener(message, protocol));
    }

    private static @Nullable Listener listener(Message message, Protocol protocol) {
        boolean six = message.u8(0) == Message.AF_INET6;
        int port = message.port(4);
        var address = message.address(8, six ? Family.IPV6 : Family.IPV4);
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
}
