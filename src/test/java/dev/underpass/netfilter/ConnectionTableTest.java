package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.Packet.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTableTest {

    private static final Ruleset NONE = Ruleset.empty();

    /// The table `tcp_conntracks` of the kernel.
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            original | SYN     | SYN_SENT SYN_SENT IGNORE IGNORE IGNORE IGNORE IGNORE SYN_SENT SYN_SENT SYN_SENT2
            original | SYN_ACK | INVALID INVALID SYN_RECV INVALID INVALID INVALID INVALID INVALID INVALID SYN_RECV
            original | FIN     | INVALID INVALID FIN_WAIT FIN_WAIT LAST_ACK LAST_ACK LAST_ACK TIME_WAIT CLOSE INVALID
            original | ACK     | ESTABLISHED INVALID ESTABLISHED ESTABLISHED CLOSE_WAIT CLOSE_WAIT TIME_WAIT TIME_WAIT CLOSE INVALID
            original | RST     | INVALID CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE
            reply    | SYN     | INVALID SYN_SENT2 INVALID INVALID INVALID INVALID INVALID SYN_SENT INVALID SYN_SENT2
            reply    | SYN_ACK | INVALID SYN_RECV IGNORE IGNORE IGNORE IGNORE IGNORE IGNORE IGNORE SYN_RECV
            reply    | FIN     | INVALID INVALID FIN_WAIT FIN_WAIT LAST_ACK LAST_ACK LAST_ACK TIME_WAIT CLOSE INVALID
            reply    | ACK     | INVALID IGNORE SYN_RECV ESTABLISHED CLOSE_WAIT CLOSE_WAIT TIME_WAIT TIME_WAIT CLOSE IGNORE
            reply    | RST     | INVALID CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE CLOSE
            """)
    void followsTheStatesOfTheKernel(String direction, Segment segment, String expected) {
        var states = EnumSet.range(TcpState.NONE, TcpState.SYN_SENT2).stream()
                .map(state -> state.after(segment, direction.equals("reply")))
                .toList();

        assertThat(states)
                .containsExactlyElementsOf(Arrays.stream(expected.split(" ", -1))
                        .map(TcpState::valueOf)
                        .toList());
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            >SYN                        | NEW                                        | SYN_SENT
            >SYN >SYN                   | NEW NEW                                    | SYN_SENT
            >SYN <SYN_ACK               | NEW ESTABLISHED                            | SYN_RECV
            >SYN <SYN_ACK >ACK          | NEW ESTABLISHED ESTABLISHED                | ESTABLISHED
            >SYN >ACK                   | NEW INVALID                                | SYN_SENT
            >SYN <ACK                   | NEW ESTABLISHED                            | SYN_SENT
            >SYN <ACK >SYN              | NEW ESTABLISHED ESTABLISHED                | SYN_SENT
            >SYN <SYN                   | NEW ESTABLISHED                            | SYN_SENT2
            >SYN <RST                   | NEW ESTABLISHED                            |
            >SYN >RST                   | NEW NEW                                    |
            <SYN_ACK                    | INVALID                                    |
            >FIN                        | INVALID                                    |
            >RST                        | INVALID                                    |
            >ACK                        | NEW                                        | ESTABLISHED
            >ACK <ACK                   | NEW ESTABLISHED                            | ESTABLISHED
            >ACK <SYN_ACK               | NEW ESTABLISHED                            | ESTABLISHED
            >SYN <SYN_ACK >ACK >FIN <ACK <FIN >ACK | NEW ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED | TIME_WAIT
            >SYN <SYN_ACK >ACK >FIN <ACK <FIN >ACK >SYN | NEW ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED ESTABLISHED NEW | SYN_SENT
            """)
    void classifiesSequencesOfPackets(String sequence, String states, String left) {
        var node = new Simulation(NONE);
        var seen = new ArrayList<String>();

        for (var step : sequence.split(" ", -1)) {
            seen.add(state(node, step));
        }

        assertThat(String.join(" ", seen)).isEqualTo(states);
        assertThat(node.filter().connections())
                .extracting(line -> line.replaceAll(" +", " ").split(" ", -1)[2])
                .isEqualTo(left == null ? java.util.List.of() : java.util.List.of(left));
    }

    private static String state(Simulation node, String step) {
        var segment = step.substring(1);
        var text = step.startsWith(">")
                ? "192.0.2.1:40000 > 198.51.100.7:80 " + segment
                : "198.51.100.7:80 > 192.0.2.1:40000 " + segment;
        return Simulation.accepted(node.forward(packet(text))).state().name();
    }

    @Test
    void doesNotPickUpConnectionsWhenToldNotTo() {
        var node = new Simulation(NONE, new Conntrack(false, false));

        assertThat(state(node, ">ACK")).isEqualTo("INVALID");
        assertThat(state(node, ">SYN")).isEqualTo("NEW");
    }

    @Test
    void knowsDatagramsAfterTheirAnswer() {
        var node = new Simulation(NONE);
        var there = packet("192.0.2.1:40000 > 198.51.100.7:53 DATAGRAM");
        var back = packet("198.51.100.7:53 > 192.0.2.1:40000 DATAGRAM");

        assertThat(Simulation.accepted(node.forward(there)).state()).isEqualTo(CtState.NEW);
        assertThat(Simulation.accepted(node.forward(there)).state()).isEqualTo(CtState.NEW);
        assertThat(Simulation.accepted(node.forward(back)).state()).isEqualTo(CtState.ESTABLISHED);
        assertThat(Simulation.accepted(node.forward(there)).state()).isEqualTo(CtState.ESTABLISHED);
    }

    @Test
    void keepsNoEntryOfAPacketThatDoesNotGetThrough() {
        var node = new Simulation(NONE);

        node.at(Hook.PREROUTING, Tracked.of(packet("192.0.2.1:40000 > 198.51.100.7:80 SYN")));

        assertThat(node.filter().connections()).isEmpty();
        assertThat(state(node, "<SYN_ACK")).isEqualTo("INVALID");
    }

    @Test
    void looksUpOnlyOnceWhatReturnsThroughLoopback() {
        var node = new Simulation(NONE);
        var sent = Simulation.accepted(
                node.at(Hook.OUTPUT, Tracked.of(packet("10.6.212.101:40000 > 10.6.212.101:80 SYN"))));
        var looped = Simulation.accepted(node.at(Hook.POSTROUTING, sent));

        var received = Simulation.accepted(node.at(Hook.PREROUTING, looped));

        assertThat(received.state()).isEqualTo(CtState.NEW);
        assertThat(received.reply()).isFalse();
    }

    @Test
    void translatesAClashingSourceToAFreePort() {
        var rules = Ruleset.parse(
                "*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j SNAT --to-source 203.0.113.9\nCOMMIT\n",
                null,
                null,
                null,
                null);
        var node = new Simulation(rules);
        node.forward(packet("192.0.2.1:40000 > 198.51.100.7:80 SYN"));

        var second = node.forward(packet("192.0.2.2:40000 > 198.51.100.7:80 SYN"));

        assertThat(Simulation.summary(second)).isEqualTo("203.0.113.9:1024 > 198.51.100.7:80 tcp syn NEW");
    }

    @Test
    void endsAMasqueradedConnectionThatLeavesByAnotherDevice() {
        var rules = Ruleset.parse(
                "*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j MASQUERADE\nCOMMIT\n", null, null, null, null);
        var node = new Simulation(rules).masqueradingAs("10.6.212.101");
        var syn = packet("192.0.2.1:40000 > 198.51.100.7:80 SYN");
        node.forward(syn);
        var again = Simulation.accepted(node.at(Hook.PREROUTING, Tracked.of(syn)));

        var outcome = node.at(Hook.POSTROUTING, again, Simulation.IN, new dev.underpass.net.DeviceName("net1"));

        assertThat(outcome).isInstanceOf(HookOutcome.Dropped.class);
    }
}
