package dev.underpass.netfilter;

import dev.underpass.net.Packet;
import dev.underpass.net.Packet.Segment;
import dev.underpass.net.Protocol;
import dev.underpass.netfilter.Connection.Status;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections that one namespace knows (`nf_conntrack_core.c`, `nf_conntrack_proto_tcp.c`).
///
/// Every packet is taken to be in window.
final class ConnectionTable {

    private record Found(Connection connection, boolean reply) {}

    private final Conntrack settings;
    private final Map<Flow, Found> entries = new LinkedHashMap<>();

    ConnectionTable(Conntrack settings) {
        this.settings = settings;
    }

    /// Looks the packet up and moves its connection on, or makes a new one that is not confirmed
    /// yet.
    void track(Passage passage) {
        if (passage.connection() != null || passage.state() == CtState.UNTRACKED) {
            return;
        }
        var flow = Flow.of(passage.packet());
        var found = entries.get(flow);
        var hit = found == null ? new Found(new Connection(flow), false) : found;
        if (reopens(hit, passage.packet())) {
            remove(hit.connection());
            hit = new Found(new Connection(flow), false);
        }
        if (advances(hit, passage.packet())) {
            passage.belongsTo(hit.connection(), hit.reply(), state(hit));
            if (hit.reply()) {
                hit.connection().set(Status.SEEN_REPLY);
            }
        } else {
            passage.invalid(found == null ? null : hit.connection());
        }
    }

    private static CtState state(Found found) {
        return found.reply() || found.connection().is(Status.SEEN_REPLY) ? CtState.ESTABLISHED : CtState.NEW;
    }

    /// A SYN on a connection that ended: the kernel forgets that one and looks again.
    private static boolean reopens(Found found, Packet packet) {
        return packet.protocol() == Protocol.TCP
                && found.connection().tcp().compareTo(TcpState.TIME_WAIT) >= 0
                && found.connection().tcp().after(packet.segment(), found.reply()) == TcpState.SYN_SENT;
    }

    /// Whether the packet belongs to the connection; false makes it INVALID.
    private boolean advances(Found found, Packet packet) {
        if (packet.protocol() != Protocol.TCP) {
            return true;
        }
        var connection = found.connection();
        var segment = packet.segment();
        var next = connection.tcp().after(segment, found.reply());
        boolean pickedUp = !connection.is(Status.CONFIRMED) && next != TcpState.SYN_SENT;
        return switch (next) {
            case INVALID -> false;
            case IGNORE -> {
                ignore(connection, segment, found.reply());
                yield true;
            }
            default -> {
                if (!pickedUp || settings.tcpLoose()) {
                    move(found, segment, next);
                }
                yield !pickedUp || settings.tcpLoose();
            }
        };
    }

    /// Such a packet leaves the entry alone, unless it answers a SYN that was let through like
    /// this.
    private static void ignore(Connection connection, Segment segment, boolean reply) {
        if (segment == Segment.SYN_ACK && connection.answers(Segment.SYN, reply)) {
            connection.enter(TcpState.SYN_RECV);
        }
        connection.remember(segment, reply);
    }

    private void move(Found found, Segment segment, TcpState next) {
        var connection = found.connection();
        var old = connection.tcp();
        connection.enter(next);
        connection.remember(segment, found.reply());
        boolean seenReply = connection.is(Status.SEEN_REPLY);
        if (!seenReply && segment == Segment.RST) {
            remove(connection);
        } else if (seenReply
                && (old == TcpState.SYN_RECV || old == TcpState.ESTABLISHED)
                && next == TcpState.ESTABLISHED) {
            connection.set(Status.ASSURED);
        }
    }

    /// Makes the entry of a packet that got through findable.
    ///
    /// @return false if other connections hold one of its flows: the packet is lost
    boolean confirm(Connection connection) {
        if (connection.is(Status.CONFIRMED) || connection.is(Status.DYING)) {
            return true;
        }
        if (entries.containsKey(connection.original()) || entries.containsKey(connection.reply())) {
            return false;
        }
        connection.set(Status.CONFIRMED);
        entries.put(connection.original(), new Found(connection, false));
        entries.putIfAbsent(connection.reply(), new Found(connection, true));
        return true;
    }

    /// Whether answers of this flow belong to another connection.
    boolean isTaken(Flow reply, @Nullable Connection except) {
        var found = entries.get(reply);
        return found != null && found.connection() != except;
    }

    void remove(Connection connection) {
        connection.set(Status.DYING);
        entries.values().removeIf(found -> found.connection() == connection);
    }

    List<String> lines() {
        var connections = new LinkedHashSet<Connection>();
        entries.values().forEach(found -> connections.add(found.connection()));
        return connections.stream().map(Connection::toString).toList();
    }
}
