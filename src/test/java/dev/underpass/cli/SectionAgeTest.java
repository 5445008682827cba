package dev.underpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.view.SectionAge;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What pages say of the ages of sections is what an agent does without further options.
class SectionAgeTest {

    @Test
    void theIntervalIsTheAgentsOwn() {
        assertThat(SectionAge.SLOW_READ).hasSeconds(new AgentSettings().slowSeconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            healthy              | lab/u2 | 10.233.42.25 | 80 | POD_LISTENERS
            hijack-route-deleted | lab/u1 | 10.233.42.25 | 80 |
            ip-forward-0         | lab/u2 | 10.233.42.25 | 80 | NODE_REST
            """)
    void anEndRestsOnWhatItsKernelDoesNotTell(String bundle, String pod, String address, int port, SectionAge age) {
        var analysis = Analysis.of(Recordings.read(bundle));

        var trace =
                analysis.trace(ObjectName.parse(pod), analysis.target(IpAddress.parse(address), port, Protocol.TCP));

        assertThat(SectionAge.of(trace.worst().end()).orElse(null)).isEqualTo(age);
    }
}
