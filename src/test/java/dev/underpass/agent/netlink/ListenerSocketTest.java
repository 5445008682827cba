package dev.underpass.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What sockets of this process listen on, as the kernel tells it.
class ListenerSocketTest {

    private static List<Listener> at(int port) throws NetlinkException {
        try (var socket = ListenerSocket.open(new NetlinkBuffer())) {
            return socket.listeners().stream()
                    .filter(listener -> listener.port() == port)
                    .toList();
        }
    }

    /// A Java program's socket is one of IPv6, bound to `::ffff:127.0.0.1`, and takes IPv4 alone.
    @ParameterizedTest(name = "an {0} socket bound to {1} listens on {1}")
    @CsvSource({"INET6, 127.0.0.1", "INET, 127.0.0.1", "INET6, ::1"})
    void tellsTheAddressThatIsListenedOn(StandardProtocolFamily family, String address) throws IOException {
        try (var tcp = ServerSocketChannel.open(family);
                var udp = DatagramChannel.open(family)) {
            tcp.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            int port = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
            udp.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));

            assertThat(at(port))
                    .containsExactly(
                            new Listener(Protocol.TCP, IpAddress.parse(address), port),
                            new Listener(Protocol.UDP, IpAddress.parse(address), port));
        }
    }

    @Test
    void aSocketOfBothFamiliesListensOnEveryAddress() throws IOException {
        try (var tcp = ServerSocketChannel.open()) {
            tcp.bind(new InetSocketAddress(0));
            int port = ((InetSocketAddress) tcp.getLocalAddress()).getPort();

            assertThat(at(port)).containsExactly(new Listener(Protocol.TCP, null, port));
        }
    }

    @ParameterizedTest(name = "a new {0} socket")
    @EnumSource(
            value = Protocol.class,
            names = {"TCP", "UDP"})
    void tellsListenersThatHaveChangedWithoutDecodingThem(Protocol protocol) throws IOException {
        try (var socket = ListenerSocket.open(new NetlinkBuffer())) {
            assertThat(staysTheSame(socket)).isTrue();

            try (var _ = bound(protocol)) {
                assertThat(socket.sameListeners()).isFalse();
                assertThat(staysTheSame(socket)).isTrue();
            }
            assertThat(socket.sameListeners()).isFalse();
        }
    }

    private static NetworkChannel bound(Protocol protocol) throws IOException {
        NetworkChannel channel = protocol == Protocol.TCP ? ServerSocketChannel.open() : DatagramChannel.open();
        return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /// Other programs open and close sockets, too.
    private static boolean staysTheSame(ListenerSocket socket) throws NetlinkException {
        for (int attempt = 0; attempt < 100; attempt++) {
            socket.listeners();
            if (socket.sameListeners()) {
                return true;
            }
        }
        return false;
    }
}
