package dev.underpass.netfilter;

import dev.underpass.net.Packet;
import org.jspecify.annotations.Nullable;

/// One packet inside one namespace with its connection-tracking state, handed from hook to hook.
///
/// A packet that leaves through `lo` keeps it; any other device strips it.
public final class Tracked {

    private final Packet packet;
    private final CtState state;
    private final @Nullable Connection connection;
    private final boolean reply;
    private final boolean reroute;

    Tracked(Packet packet, CtState state, @Nullable Connection connection, boolean reply, boolean reroute) {
        this.packet = packet;
        this.state = state;
        this.connection = connection;
        this.reply = reply;
        this.reroute = reroute;
    }

    /// A packet that just entered the namespace, or that a process of it just sent.
    public static Tracked of(Packet packet) {
        return new Tracked(packet, CtState.NONE, null, false, false);
    }

    public Packet packet() {
        return packet;
    }

    public CtState state() {
        return state;
    }

    /// Whether the last hook was OUTPUT and makes the kernel route the packet again: a mangle table
    /// or a chain of type route changed its mark, or its destination was translated.
    public boolean reroute() {
        return reroute;
    }

    /// Whether the packet goes against the direction of the connection's first packet.
    public boolean reply() {
        return reply;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    @Override
    public String toString() {
        return packet + " " + state;
    }
}
