package dev.underpass.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.underpass.Shell;
import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Disposition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An IPv6 host routes around a gateway that it knows to be silent.
@Tag("netns")
class SilentGatewayTest {

    @BeforeAll
    static void needsRoot() {
        assumeTrue(Shell.canMakeNamespaces(), "needs root and iproute2 for network namespaces");
    }

    @Test
    void takesTheNextRouteAsTheKernelDoes() {
        var from = Layout.PODS.stream()
                .filter(pod -> pod.name().equals("o20"))
                .findFirst()
                .orElseThrow();
        var b1 = new Pair(from, "b1", IpAddress.parse("fd00:10:233:64::1:70"), LabService.TARGET_PORT, 1);
        try (var lab = Lab.up(LabSpec.named("ipv6")).listening()) {
            lab.run(lab.namespace(from), "ip neigh replace fd00:10:6::101 dev eth0 nud failed\n");

            var analysis = Analysis.of(LabBundle.snapshot(lab, new AgentObserver()));
            var outcomes = new Connections(lab, Duration.ofMillis(900)).measure(List.of(b1));

            var verdict = analysis.verdict(
                    new ObjectName("lab", "o20"), analysis.target(b1.address(), b1.port(), Protocol.TCP));
            assertThat(outcomes).isEqualTo(Map.of(b1, Outcome.OK));
            assertThat(verdict.disposition()).as(verdict.summary().toString()).isEqualTo(Disposition.DELIVERED);
        }
    }
}
