package dev.underpass.netfilter;

import dev.underpass.net.Packet.Segment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/// The states of a TCP connection as an observer in the middle sees them
/// (`net/netfilter/nf_conntrack_proto_tcp.c`).
enum TcpState {
    NONE("NO"),
    SYN_SENT("SS"),
    SYN_RECV("SR"),
    ESTABLISHED("ES"),
    FIN_WAIT("FW"),
    CLOSE_WAIT("CW"),
    LAST_ACK("LA"),
    TIME_WAIT("TW"),
    CLOSE("CL"),
    SYN_SENT2("S2"),
    /// No state: the packet passes and the entry stays as it is.
    IGNORE("IG"),
    /// No state: the packet is INVALID.
    INVALID("IV");

    private final String label;

    TcpState(String label) {
        this.label = label;
    }

    /// Columns are the old states NONE to SYN_SENT2.
    private static final Map<Segment, Map<TcpState, TcpState>> ORIGINAL = Map.of(
            Segment.SYN, row("SS SS IG IG IG IG IG SS SS S2"),
            Segment.SYN_ACK, row("IV IV SR IV IV IV IV IV IV SR"),
            Segment.FIN, row("IV IV FW FW LA LA LA TW CL IV"),
            Segment.ACK, row("ES IV ES ES CW CW TW TW CL IV"),
            Segment.RST, row("IV CL CL CL CL CL CL CL CL CL"));

    private static final Map<Segment, Map<TcpState, TcpState>> REPLY = Map.of(
            Segment.SYN, row("IV S2 IV IV IV IV IV SS IV S2"),
            Segment.SYN_ACK, row("IV SR IG IG IG IG IG IG IG SR"),
            Segment.FIN, row("IV IV FW FW LA LA LA TW CL IV"),
            Segment.ACK, row("IV IG SR ES CW CW TW TW CL IG"),
            Segment.RST, row("IV CL CL CL CL CL CL CL CL CL"));

    private static Map<TcpState, TcpState> row(String labels) {
        var next = labels.split(" ", -1);
        var row = new EnumMap<TcpState, TcpState>(TcpState.class);
        for (var old : EnumSet.range(NONE, SYN_SENT2)) {
            row.put(old, labelled(next[row.size()]));
        }
        return row;
    }

    private static TcpState labelled(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label.equals(label))
                .findFirst()
                .orElseThrow();
    }

    /// The state after a packet of one direction; IGNORE and INVALID say what becomes of the
    /// packet.
    TcpState after(Segment segment, boolean reply) {
        return (reply ? REPLY : ORIGINAL).getOrDefault(segment, Map.of()).getOrDefault(this, INVALID);
    }
}
