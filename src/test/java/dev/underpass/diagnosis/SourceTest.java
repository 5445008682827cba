package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Source;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

    /// What is said of the source and what the trace sends from are one.
    @ParameterizedTest
    @ValueSource(strings = {"healthy", "overlay-default-net1", "dual-stack", "policy-rule-elsewhere", "shadow-route"})
    void isWhatTheTracesPacketsHave(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));
        var differing = new ArrayList<String>();
        int compared = 0;
        for (var client : analysis.clients()) {
            for (var target : analysis.serviceTargets(client)) {
                var first = analysis.trace(client, target).paths().getFirst().forward().stream()
                        .findFirst();
                var source = analysis.source(client, target);
                if (first.isPresent()) {
                    compared++;
                    var sent = first.get().packet().source();
                    if (!source.map(Source::address).equals(Optional.of(sent))) {
                        differing.add("%s to %s: %s, sent from %s".formatted(client, target, source, sent));
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(20);
        assertThat(differing).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.233.42.25 | src of the route                                                   | 10.233.0.0/18 via 10.6.212.101 dev veth0
            10.6.212.1   | src of the route                                                   | 10.6.0.0/16 dev eth0
            10.9.9.9     | the route has no src: the address of eth0 that suits its next hop | default via 10.6.0.1 dev eth0
            """)
    void saysWhy(String address, String why, String route) {
        var analysis = Analysis.of(Recordings.read("healthy"));

        var source = analysis.source(
                        new ObjectName("lab", "u1"), analysis.target(IpAddress.parse(address), 80, Protocol.TCP))
                .orElseThrow();

        assertThat(source.address()).hasToString("10.6.212.241");
        assertThat(source.why()).hasToString(why);
        assertThat(source.route()).startsWith(route);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "overlay-default-net1"})
    void aRuleKnowsWhichOnesWereTriedBefore(String recording) {
        var analysis = Analysis.of(Recordings.read(recording));
        var client = analysis.clients().getFirst();
        var target = analysis.serviceTargets(client).getFirst();

        var rule = analysis.trace(client, target).worst().forward().getFirst();

        assertThat(rule.step()).isEqualTo(Hop.Step.RULE);
        assertThat(rule.passed()).isNotEmpty();
        assertThat(rule.passed().getFirst().rule()).hasToString("0: from all lookup local");
        assertThat(rule.passed().getFirst().reason().toString()).isNotBlank();
    }
}
