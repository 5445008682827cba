package dev.underpass.netfilter;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet.Segment;
import dev.underpass.net.Protocol;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An entry of connection tracking. Mutable: it lives as long as its [PacketFilter].
final class Connection {

    /// The bits of `enum ip_conntrack_status` that rules can see or the kernel goes by.
    enum Status {
        SEEN_REPLY(2),
        ASSURED(4),
        CONFIRMED(8),
        SRC_NAT(16),
        DST_NAT(32),
        SRC_NAT_DONE(128),
        DST_NAT_DONE(256),
        DYING(512);

        private final int bit;

        Status(int bit) {
            this.bit = bit;
        }
    }

    private final Flow original;
    private final Set<Status> status = EnumSet.noneOf(Status.class);
    private Flow reply;
    private TcpState tcp = TcpState.NONE;
    private @Nullable Segment lastSegment;
    private boolean lastWasReply;
    private @Nullable DeviceName masqueradeDevice;
    private int mark;

    Connection(Flow original) {
        this.original = original;
        this.reply = original.inverted();
    }

    Flow original() {
        return original;
    }

    /// The flow that answers have when they arrive, before their translation.
    Flow reply() {
        return reply;
    }

    void answeredBy(Flow newReply) {
        reply = newReply;
    }

    boolean is(Status bit) {
        return status.contains(bit);
    }

    void set(Status bit) {
        status.add(bit);
    }

    int statusBits() {
        return status.stream().mapToInt(s -> s.bit).sum();
    }

    TcpState tcp() {
        return tcp;
    }

    void enter(TcpState state) {
        tcp = state;
    }

    void remember(Segment segment, boolean wasReply) {
        lastSegment = segment;
        lastWasReply = wasReply;
    }

    /// Whether the packet before this one was of this kind and of the other direction.
    boolean answers(Segment earlier, boolean isReply) {
        return lastSegment == earlier && lastWasReply != isReply;
    }

    int mark() {
        return mark;
    }

    void mark(int newMark) {
        mark = newMark;
    }

    /// The device that MASQUERADE chose the source for; null when it did not.
    @Nullable
    DeviceName masqueradeDevice() {
        return masqueradeDevice;
    }

    void masqueradedFor(DeviceName device) {
        masqueradeDevice = device;
    }

    /// As `conntrack -L` prints it, without the remaining time.
    @Override
    public String toString() {
        var line = new StringBuilder(
                "%-8s %d ".formatted(original.protocol(), original.protocol().number()));
        if (original.protocol() == Protocol.TCP) {
            line.append(tcp).append(' ');
        }
        line.append(original);
        line.append(is(Status.SEEN_REPLY) ? " " : " [UNREPLIED] ").append(reply);
        line.append(is(Status.ASSURED) ? " [ASSURED]" : "").append(" mark=").append(mark);
        return line.toString();
    }
}
