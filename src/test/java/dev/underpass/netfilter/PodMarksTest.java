package dev.underpass.netfilter;

import static dev.underpass.netfilter.Simulation.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.net.DeviceName;
import dev.underpass.net.Packet;
import org.junit.jupiter.api.Test;

/// The three mangle rules that the coordinator gives an underlay Pod: what came by veth0 is
/// answered by veth0.
class PodMarksTest {

    private static final Ruleset POD = Recorded.pod("healthy.node1");
    private static final DeviceName VETH0 = new DeviceName("veth0");
    private static final DeviceName ETH0 = new DeviceName("eth0");
    private static final Packet SYN = packet("10.6.212.101:40000 > 10.6.212.241:8080 SYN");
    private static final Packet SYN_ACK = packet("10.6.212.241:8080 > 10.6.212.101:40000 SYN_ACK");

    private final Simulation pod = new Simulation(POD);

    @Test
    void marksAnswersOfWhatCameByVeth0() {
        receive(SYN, VETH0);

        var answer = send(SYN_ACK);

        assertThat(answer.packet().mark()).isEqualTo(1);
        assertThat(answer.reroute()).isTrue();
    }

    @Test
    void leavesOtherAnswersAlone() {
        receive(SYN, ETH0);

        var answer = send(SYN_ACK);

        assertThat(answer.packet().mark()).isZero();
        assertThat(answer.reroute()).isFalse();
    }

    @Test
    void keepsTheMarkForTheWholeConnection() {
        receive(SYN, VETH0);
        send(SYN_ACK);

        var third = receive(packet("10.6.212.101:40000 > 10.6.212.241:8080 ACK"), VETH0);
        var data = send(packet("10.6.212.241:8080 > 10.6.212.101:40000 ACK"));

        assertThat(third.packet().mark()).isZero();
        assertThat(data.packet().mark()).isEqualTo(1);
    }

    @Test
    void saysWhichRulesMarked() {
        var outcome = pod.at(Hook.PREROUTING, Tracked.of(SYN), VETH0, ETH0);

        assertThat(outcome.evidence())
                .extracting(
                        Evidence::step,
                        Evidence::table,
                        Evidence::line,
                        evidence -> evidence.detail().toString())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                Evidence.Step.MARK,
                                "mangle",
                                "-A PREROUTING -i veth0 -m conntrack --ctstate NEW -j MARK --set-xmark 0x1/0xffffffff",
                                "mark 0x0 becomes 0x1"),
                        org.assertj.core.api.Assertions.tuple(
                                Evidence.Step.MARK,
                                "mangle",
                                "-A PREROUTING -m mark --mark 0x1 -j CONNMARK --save-mark"
                                        + " --nfmask 0xffffffff --ctmask 0xffffffff",
                                "connection mark 0x0 becomes 0x1"));
    }

    private Tracked receive(Packet packet, DeviceName device) {
        var arrived = Simulation.accepted(pod.at(Hook.PREROUTING, Tracked.of(packet), device, device));
        return Simulation.accepted(pod.at(Hook.INPUT, arrived, device, device));
    }

    private Tracked send(Packet packet) {
        var sent = Simulation.accepted(pod.at(Hook.OUTPUT, Tracked.of(packet), ETH0, ETH0));
        Simulation.accepted(pod.at(Hook.POSTROUTING, sent, ETH0, ETH0));
        return sent;
    }
}
