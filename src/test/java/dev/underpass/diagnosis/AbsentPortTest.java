package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition.Fold;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A port that a Service does not have, and an address of the Services that none has: kube-proxy is right to have no
/// rule for either.
class AbsentPortTest {

    private static final ObjectName CLIENT = new ObjectName("lab", "u1");

    @ParameterizedTest
    @CsvSource(textBlock = """
            healthy         , 53, TCP
            healthy         , 80, UDP
            healthy-nftables, 53, TCP
            healthy-nftables, 80, UDP
            same-subnet     , 53, TCP
            same-subnet     , 80, SCTP
            """)
    void isTheServicesAffairAndNotTheNodes(String recording, int port, Protocol protocol) {
        var analysis = Analysis.of(Recordings.read(recording));

        var verdict = analysis.verdict(CLIENT, analysis.target(IpAddress.parse("10.233.42.25"), port, protocol));

        assertThat(verdict.disposition().fold()).isEqualTo(Fold.UNREACHABLE);
        assertThat(verdict.code()).as(verdict.summary().toString()).isEqualTo("U73");
        assertThat(verdict.summary())
                .asString()
                .contains("Service lab/web has no port %d/%s, only 80/tcp".formatted(port, protocol));
    }

    @ParameterizedTest
    @CsvSource({"healthy", "healthy-nftables", "same-subnet"})
    void anAddressThatNobodyHasIsNoStaleRule(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));

        var verdict = analysis.verdict(CLIENT, analysis.target(IpAddress.parse("10.233.99.99"), 80, Protocol.TCP));

        assertThat(verdict.disposition().fold()).isEqualTo(Fold.UNREACHABLE);
        assertThat(verdict.code()).as(verdict.summary().toString()).isNull();
    }
}
