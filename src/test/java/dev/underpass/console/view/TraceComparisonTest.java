package dev.underpass.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.view.TraceComparison.Fact;
import dev.underpass.console.view.TraceComparison.Row;
import dev.underpass.console.view.TraceComparison.Row.Kind;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.reachability.Trace;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Two traces side by side, and the commands by which people check one, on a cluster where one Pod of two lost a route.
class TraceComparisonTest {

    private final Analysis analysis = Analysis.of(Recordings.read("hijack-route-deleted"));

    private Trace trace(String pod) {
        return analysis.trace(
                ObjectName.parse(pod), analysis.target(IpAddress.parse("10.233.42.25"), 80, Protocol.TCP));
    }

    @Test
    void theWaysPartAtTheRouteThatIsMissing() {
        var comparison = TraceComparison.of(analysis, trace("lab/u1"), analysis, trace("lab/u2"), null);

        var parting = Objects.requireNonNull(comparison.parting());
        assertThat(parting.kind()).isEqualTo(Kind.DIFFERENT);
        assertThat(Objects.requireNonNull(parting.left()).line().toString())
                .startsWith("default via 10.6.0.1 dev eth0");
        assertThat(Objects.requireNonNull(parting.right()).line().toString()).startsWith("10.233.0.0/18 via");
        assertThat(comparison.facts()).extracting(Fact::key).containsExactly("devices");
        assertThat(comparison.head()).hasSize(4);
        assertThat(comparison.rest()).extracting(Row::kind).containsOnly(Kind.ONLY_RIGHT);
    }

    @Test
    void everyDecisionOfBothIsInARow() {
        var left = trace("lab/u1");
        var right = trace("lab/u2");

        var comparison = TraceComparison.of(analysis, left, analysis, right, null);

        var one = left.worst();
        assertThat(comparison.rows().stream().filter(row -> row.left() != null))
                .hasSize(one.forward().size() + one.reply().size() + 1);
        assertThat(comparison.rows().stream().filter(row -> row.right() != null))
                .hasSizeGreaterThan(10);
    }

    @Test
    void aPodBesideItselfTakesTheSameWay() {
        var comparison = TraceComparison.of(analysis, trace("lab/u2"), analysis, trace("lab/u2"), null);

        assertThat(comparison.parting()).isNull();
        assertThat(comparison.rows()).extracting(Row::kind).containsOnly(Kind.SAME);
    }

    @Test
    void podsOfOtherNodesAndNetworksDifferInFacts() {
        var comparison = TraceComparison.of(analysis, trace("lab/u1"), analysis, trace("lab/o1"), null);

        assertThat(comparison.facts()).extracting(Fact::key).contains("attachment", "mode", "devices");
    }

    @Test
    void commandsNameThePlacesOnTheWayAndItsAddresses() {
        var commands = CheckCommands.of(analysis, trace("lab/u2"));

        assertThat(commands.getFirst().enter()).startsWith("kubectl -n lab debug u2 ");
        assertThat(commands.getFirst().commands()).contains("ip rule", "ip route get 10.233.42.25");
        assertThat(commands.get(1).enter()).startsWith("kubectl debug node/");
        assertThat(commands.get(1).commands()).contains("iptables-save -t nat | grep -F -- 10.233.42.25");
    }

    @Test
    void commandsAreThoseOfTheFamily() {
        var six = Analysis.of(Recordings.read("dual-stack"));
        var pod = six.clients().getFirst();
        var target = six.serviceTargets(pod).stream()
                .filter(each -> each.address().family() == IpAddress.Family.IPV6)
                .findFirst()
                .orElseThrow();

        var commands = CheckCommands.of(six, six.trace(pod, target));

        assertThat(commands.getFirst().commands())
                .allMatch(
                        line -> !line.startsWith("ip ") || line.startsWith("ip -6 ") || line.startsWith("ip -s link"));
    }

    @Test
    void theMarkdownHasTheVerdictAndTheWay() {
        assertThat(TraceText.markdown(analysis, trace("lab/u1")))
                .startsWith("**UNREACHABLE (WRONG_NIC)** lab/u1 → lab/web 10.233.42.25:80 (U22)")
                .contains("default via 10.6.0.1 dev eth0")
                .endsWith("`".repeat(8) + System.lineSeparator());
    }
}
