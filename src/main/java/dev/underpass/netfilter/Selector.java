package dev.underpass.netfilter;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet.Segment;
import dev.underpass.net.Protocol;
import dev.underpass.netfilter.Connection.Status;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a rule can read of a packet, of its connection and of its devices.
@SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
enum Selector {
    SOURCE(Kind.ADDRESS, p -> Value.of(p.packet().source())),
    DESTINATION(Kind.ADDRESS, p -> Value.of(p.packet().destination())),
    SOURCE_PORT(Kind.NUMBER, p -> Value.of(p.packet().sourcePort())),
    DESTINATION_PORT(Kind.NUMBER, p -> Value.of(p.packet().destinationPort())),
    PROTOCOL(Kind.PROTOCOL, p -> protocol(p.packet().protocol())),
    FAMILY(Kind.FAMILY, p -> Value.of(p.family().name().toLowerCase(Locale.ROOT))),
    TCP_FLAGS(Kind.TCP_FLAGS, p -> Value.of(flags(p.packet().segment()))),
    MARK(Kind.NUMBER, p -> Value.of(Integer.toUnsignedLong(p.packet().mark()))),
    IN_DEVICE(Kind.NAME, p -> device(p.in())),
    OUT_DEVICE(Kind.NAME, p -> device(p.out())),
    CT_STATE(Kind.CT_STATE, p -> Value.of(p.state().bit())),
    /// The states and, as `--ctstate` has them, SNAT and DNAT.
    CT_STATE_AND_NAT(Kind.CT_STATE, p -> Value.of(p.state().bit() | nat(p.connection()))),
    CT_STATUS(Kind.CT_STATUS, connection(c -> Value.of(c.statusBits()))),
    CT_MARK(Kind.NUMBER, connection(c -> Value.of(Integer.toUnsignedLong(c.mark())))),
    CT_DIRECTION(Kind.NAME, p -> p.connection() == null ? absent() : Value.of(p.reply() ? "reply" : "original")),
    CT_PROTOCOL(Kind.PROTOCOL, connection(c -> protocol(c.original().protocol()))),
    CT_SOURCE(Kind.ADDRESS, connection(c -> Value.of(c.original().source()))),
    CT_DESTINATION(Kind.ADDRESS, connection(c -> Value.of(c.original().destination()))),
    CT_SOURCE_PORT(Kind.NUMBER, connection(c -> Value.of(c.original().sourcePort()))),
    CT_DESTINATION_PORT(Kind.NUMBER, connection(c -> Value.of(c.original().destinationPort()))),
    CT_REPLY_SOURCE(Kind.ADDRESS, connection(c -> Value.of(c.reply().source()))),
    CT_REPLY_DESTINATION(Kind.ADDRESS, connection(c -> Value.of(c.reply().destination()))),
    CT_REPLY_SOURCE_PORT(Kind.NUMBER, connection(c -> Value.of(c.reply().sourcePort()))),
    CT_REPLY_DESTINATION_PORT(Kind.NUMBER, connection(c -> Value.of(c.reply().destinationPort()))),
    /// Any other field of a header.
    UNREPORTED(Kind.NUMBER, _ -> Value.Missing.UNKNOWN);

    /// Bits of `--ctstate SNAT` and `DNAT`, above those of the states.
    static final int SNAT_BIT = 1 << 16;

    static final int DNAT_BIT = 1 << 17;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private final Kind kind;
    private final Function<Passage, Value> reading;

    Selector(Kind kind, Function<Passage, Value> reading) {
        this.kind = kind;
        this.reading = reading;
    }

    Kind kind() {
        return kind;
    }

    Value read(Passage passage) {
        return reading.apply(passage);
    }

    private static Value absent() {
        return Value.Missing.ABSENT;
    }

    private static Value protocol(Protocol protocol) {
        return Value.of(protocol.toString());
    }

    private static Value device(@Nullable DeviceName device) {
        return Value.of(device == null ? "" : device.value());
    }

    private static Function<Passage, Value> connection(Function<Connection, Value> reading) {
        return passage -> {
            var connection = passage.connection();
            return connection == null ? absent() : reading.apply(connection);
        };
    }

    private static int nat(@Nullable Connection connection) {
        if (connection == null) {
            return 0;
        }
        return (connection.is(Status.SRC_NAT) ? SNAT_BIT : 0) | (connection.is(Status.DST_NAT) ? DNAT_BIT : 0);
    }

    /// The flags that such a segment has in practice; PSH is never told.
    private static int flags(Segment segment) {
        return switch (segment) {
            case SYN -> SYN;
            case SYN_ACK -> SYN | ACK;
            case ACK -> ACK;
            case RST -> RST | ACK;
            case FIN -> FIN | ACK;
            case DATAGRAM -> 0;
        };
    }
}
