package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where frames go whose link-layer address belongs to something else than the neighbour.
class MistakenNeighbourTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # the gateway's: it forwards
            02:00:0a:06:00:01, DELIVERED
            # nobody's
            02:00:00:00:ba:ad, NEIGHBOUR_FAILED
            """)
    void goToWhoeverHasTheLinkLayerAddress(String mac, Disposition expected) {
        var other = IpAddress.parse("10.6.212.102");
        var entry = new Neighbour(other, new DeviceName("eth0"), new MacAddress(mac), "PERMANENT", null);
        var snapshot = Altered.network(Recordings.read("healthy"), "u1", state -> with(state, entry));

        var analysis = Analysis.of(snapshot);
        var verdict = analysis.verdict(new ObjectName("lab", "u1"), analysis.target(other, 9000, Protocol.TCP));

        assertThat(verdict.disposition()).as(verdict.summary().toString()).isEqualTo(expected);
    }

    private static NetworkState with(NetworkState state, Neighbour entry) {
        var neighbours = new ArrayList<>(Objects.requireNonNull(state.neighbours()));
        neighbours.removeIf(each -> each.address().equals(entry.address()));
        neighbours.add(entry);
        return Altered.state(state, state.links(), state.routes(), neighbours);
    }
}
