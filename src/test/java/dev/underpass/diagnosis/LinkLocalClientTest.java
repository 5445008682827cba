package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A Pod that has lost its underlay NIC still has veth0's link-local address.
class LinkLocalClientTest {

    @Test
    void isAnsweredOnTheDeviceThatItIsOn() {
        var snapshot = Altered.network(Recordings.read("dual-stack"), "u3", LinkLocalClientTest::withoutEth0);

        var analysis = Analysis.of(snapshot);
        var node = analysis.target(IpAddress.parse("fd00:10:6::101"), 9000, Protocol.TCP);
        var verdict = analysis.verdict(new ObjectName("lab", "u3"), node);

        assertThat(verdict.disposition()).as(verdict.summary().toString()).isEqualTo(Disposition.DELIVERED);
    }

    private static NetworkState withoutEth0(NetworkState state) {
        var eth0 = new DeviceName("eth0");
        return new NetworkState(
                Objects.requireNonNull(state.links()).stream()
                        .filter(link -> !link.name().equals(eth0))
                        .toList(),
                Objects.requireNonNull(state.addresses()).stream()
                        .filter(address -> !address.device().equals(eth0))
                        .toList(),
                state.rules(),
                state.rules6(),
                Objects.requireNonNull(state.routes()).stream()
                        .filter(route -> !route.uses(eth0))
                        .toList(),
                Objects.requireNonNull(state.routes6()).stream()
                        .filter(route -> !route.uses(eth0))
                        .toList(),
                state.neighbours(),
                state.proxyNeighbours(),
                state.sysctls());
    }
}
