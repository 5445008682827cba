package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.coordinator.DriftItem;
import dev.underpass.coordinator.ExpectedPlan;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Protocol;
import dev.underpass.net.Route;
import dev.underpass.reachability.End;
import dev.underpass.reachability.Hop;
import dev.underpass.reachability.Hop.Fact;
import dev.underpass.reachability.Path;
import dev.underpass.reachability.Tracer;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a trace says beside the lines that decided.
class HopFactsTest {

    private static final String WEB = "10.233.42.25";

    private static Path path(ClusterSnapshot snapshot, String pod, String address) {
        var analysis = Analysis.of(snapshot);
        return analysis.trace(new ObjectName("lab", pod), analysis.target(IpAddress.parse(address), 80, Protocol.TCP))
                .worst();
    }

    private static List<String> facts(Path path, int number) {
        return path.forward().get(number - 1).facts().stream()
                .map(HopFactsTest::text)
                .toList();
    }

    private static String text(Fact fact) {
        return "%s %s %s".formatted(fact.kind(), fact.line(), fact.detail()).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            healthy              | u1 | 10.233.42.25 | 2  | RUNNER_UP default via 10.6.0.1 dev eth0 runner-up:
            healthy              | u1 | 10.233.42.25 | 3  | DEVICE veth0 mtu 1500 state UP
            healthy              | u1 | 10.233.42.25 | 7  | RUNNER_UP default via 10.6.0.1 dev eth0 runner-up:
            healthy              | u1 | 10.9.9.9     | 2  | RUNNER_UP  no runner-up; without this route: no rule leads to a route to 10.9.9.9
            hijack-route-deleted | u1 | 10.233.42.25 | 3  | NEIGHBOUR  no neighbour entry for 10.6.0.1 on eth0
            """)
    void standBesideTheDecision(String recording, String pod, String address, int number, String fact) {
        assertThat(facts(path(Recordings.read(recording), pod, address), number))
                .contains(fact);
    }

    /// Of all pairs of a cluster only the ends are told; these are the same with and without facts.
    @ParameterizedTest
    @ValueSource(strings = {"healthy", "hijack-route-deleted"})
    void areLeftOutWhereOnlyDecisionsAreWanted(String recording) {
        var snapshot = Recordings.read(recording);
        var analysis = Analysis.of(snapshot);
        var tracer = new Tracer(snapshot);
        for (var pair : analysis.pairs(new ObjectName("lab", "u1"))) {
            var trace = tracer.trace(pair.from(), pair.to());
            var decisions = tracer.decisions(pair.from(), pair.to());

            assertThat(decisions.paths())
                    .isEqualTo(trace.paths().stream().map(HopFactsTest::bare).toList());
            assertThat(decisions.paths()).isNotEqualTo(trace.paths());
            assertThat(decisions.disposition()).isEqualTo(trace.disposition());
        }
    }

    private static Path bare(Path path) {
        return new Path(path.backend(), path.disposition(), path.end(), bare(path.forward()), bare(path.reply()));
    }

    private static List<Hop> bare(List<Hop> hops) {
        return hops.stream()
                .map(hop -> new Hop(
                        hop.where(),
                        hop.step(),
                        hop.evidence(),
                        hop.detail(),
                        hop.observedAt(),
                        hop.packet(),
                        hop.device(),
                        hop.passed(),
                        List.of()))
                .toList();
    }

    /// The blackhole of a node's own block comes second to the route of each Pod in it.
    @Test
    void aRunnerUpThatRefusesSaysSo() {
        assertThat(facts(path(Recordings.read("healthy"), "u1", WEB), 14))
                .containsExactly(
                        "RUNNER_UP blackhole 10.233.84.128/26 proto 80 runner-up, which would end the packet here (it refuses the packet):");
    }

    /// Without its route in table 100 the lookup goes on to the next rule.
    @Test
    void aRunnerUpOfAnotherRuleNamesIt() {
        var facts = Stream.of("overlay-default-net1", "policy-rule-elsewhere")
                .map(name -> Analysis.of(Recordings.read(name)))
                .flatMap(HopFactsTest::paths)
                .flatMap(path -> path.forward().stream())
                .flatMap(hop -> hop.facts().stream())
                .map(HopFactsTest::text)
                .toList();

        assertThat(facts).anyMatch(fact -> fact.contains("runner-up, by rule 32766: from all lookup main:"));
    }

    private static Stream<Path> paths(Analysis analysis) {
        return analysis.clients().stream()
                .flatMap(client ->
                        analysis.serviceTargets(client).stream().map(target -> analysis.trace(client, target)))
                .flatMap(trace -> trace.paths().stream());
    }

    /// What comes second to a `local` route is nothing that a deleted line would bring.
    @Test
    void deliveryHasNoRunnerUp() {
        assertThat(path(Recordings.read("healthy"), "u1", WEB).forward().getLast())
                .satisfies(hop -> assertThat(hop.evidence()).startsWith("local "))
                .satisfies(hop -> assertThat(hop.facts()).isEmpty());
    }

    /// What the whole trace says of it is what its first route does.
    @Test
    void theTraceNamesTheRunnerUpOfTheClientsRoute() {
        var analysis = Analysis.of(Recordings.read("healthy"));
        var target = analysis.target(IpAddress.parse(WEB), 80, Protocol.TCP);

        assertThat(analysis.trace(new ObjectName("lab", "u1"), target).alternatives())
                .extracting(Object::toString)
                .containsExactly("without this route the packet would take: default via 10.6.0.1 dev eth0");
    }

    @Test
    void aMissingRouteStandsWhereItWouldDecide() {
        assertThat(facts(path(Recordings.read("hijack-route-deleted"), "u1", WEB), 2))
                .containsExactly(
                        "MISSING 10.233.0.0/18 via 10.6.212.101 dev veth0 src 10.6.212.241 would decide here; expected because of SpiderCoordinator default status.serviceCIDR",
                        "RUNNER_UP  no runner-up; without this route: no rule leads to a route to 10.233.42.25");
        assertThat(facts(path(Recordings.read("hijack-route-deleted"), "u1", "10.9.9.9"), 2))
                .noneMatch(fact -> fact.startsWith("MISSING"));
    }

    /// A more specific route of somebody else's would win over the one that is missing.
    @Test
    void aMissingRouteThatWouldNotDecideIsNotShown() {
        var analysis = Analysis.of(Recordings.read("hijack-route-deleted"));
        var missing = analysis.pod(new ObjectName("lab", "u1")).orElseThrow().plan().lines().stream()
                .map(ExpectedPlan.Line::route)
                .filter(route -> route.destination().contains(IpAddress.parse(WEB)))
                .findFirst()
                .orElseThrow();
        var narrower = new Route(
                Route.Type.UNICAST,
                IpPrefix.parse("10.233.42.0/24"),
                missing.table(),
                defaultRoute("hijack-route-deleted").nextHops(),
                missing.scope(),
                null,
                0,
                0,
                "",
                "");
        var altered = Altered.network(Recordings.read("hijack-route-deleted"), "u1", state -> state.with(narrower));

        assertThat(facts(path(altered, "u1", WEB), 2)).noneMatch(fact -> fact.startsWith("MISSING"));
    }

    private static Route defaultRoute(String recording) {
        return Recordings.read(recording).reports().values().stream()
                .flatMap(report -> report.pods().stream())
                .filter(pod -> pod.name().equals("u1"))
                .flatMap(pod -> Objects.requireNonNull(pod.network().network().routes()).stream())
                .filter(Route::isDefault)
                .findFirst()
                .orElseThrow();
    }

    /// With nothing left but its own subnet, the Pod's missing route stands where the packet ended.
    @Test
    void aMissingRouteStandsWhereThereIsNoRouteAtAll() {
        var altered = Altered.network(
                Recordings.read("hijack-route-deleted"), "u1", state -> withRoutes(state, route -> !route.isDefault()));

        var end = path(altered, "u1", WEB).end();

        assertThat(end.cause()).isEqualTo(End.Cause.NO_ROUTE);
        assertThat(end.facts())
                .extracting(HopFactsTest::text)
                .singleElement()
                .asString()
                .startsWith("MISSING 10.233.0.0/18 via 10.6.212.101 dev veth0");
    }

    static Stream<String> recordings() {
        return Recordings.names().stream().filter(name -> !name.startsWith("random-"));
    }

    /// A line that is called missing is one of the Pod's differences; where it is put back, it decides.
    @ParameterizedTest
    @MethodSource("recordings")
    void aMissingRouteDecidesOnceItIsThere(String recording) {
        var snapshot = Recordings.read(recording);
        var analysis = Analysis.of(snapshot);
        for (var client : analysis.clients()) {
            var pod = analysis.pod(client).orElseThrow();
            for (var target : analysis.serviceTargets(client)) {
                for (var fact : missing(analysis.trace(client, target).worst().forward())) {
                    assertThat(pod.drift())
                            .filteredOn(item -> item.change() == DriftItem.Change.MISSING)
                            .extracting(DriftItem::text)
                            .contains(fact.line());
                    var route = pod.plan().lines().stream()
                            .map(ExpectedPlan.Line::route)
                            .filter(each -> each.toString().equals(fact.line()))
                            .findFirst()
                            .orElseThrow();
                    var mended = Altered.network(snapshot, client.name(), state -> state.with(route));
                    assertThat(Analysis.of(mended).trace(client, target).worst().forward())
                            .extracting(Hop::evidence)
                            .contains(fact.line());
                }
            }
        }
    }

    private static List<Fact> missing(List<Hop> hops) {
        return hops.stream()
                .flatMap(hop -> hop.facts().stream())
                .filter(fact -> fact.kind() == Fact.Kind.MISSING)
                .toList();
    }

    @Test
    void anMtuThatNobodyReportsIsNotKnown() {
        var altered = Altered.network(
                Recordings.read("healthy"),
                "u1",
                state -> with(state, HopFactsTest::withoutMtu, Objects.requireNonNull(state.neighbours())));

        assertThat(facts(path(altered, "u1", WEB), 3)).containsExactly("DEVICE veth0 state UP MTU not reported");
    }

    /// The gateway's silence is in the report, and the trace assumes that it answers the next question.
    @Test
    void anEntryThatTheDecisionDoesNotRestOnIsShown() {
        var failed = new Neighbour(IpAddress.parse("10.6.0.1"), new DeviceName("eth0"), null, "FAILED", null);
        var altered = Altered.network(
                Recordings.read("hijack-route-deleted"),
                "u1",
                state -> with(state, UnaryOperator.identity(), List.of(failed)));

        assertThat(facts(path(altered, "u1", WEB), 3))
                .containsExactly(
                        "DEVICE eth0 mtu 1500 state UP", "NEIGHBOUR 10.6.0.1 dev eth0 FAILED neighbour entry:");
    }

    private static Link withoutMtu(Link link) {
        return new Link(
                link.index(),
                link.name(),
                link.kind(),
                link.flags(),
                link.operState(),
                link.address(),
                0,
                link.peerIndex(),
                link.peerName(),
                link.peerNamespace(),
                link.mode(),
                link.vlan(),
                link.master(),
                link.group());
    }

    private static NetworkState with(NetworkState state, UnaryOperator<Link> change, List<Neighbour> neighbours) {
        var links = Objects.requireNonNull(state.links()).stream().map(change).toList();
        return Altered.state(state, links, state.routes(), neighbours);
    }

    private static NetworkState withRoutes(NetworkState state, Predicate<Route> kept) {
        var routes =
                Objects.requireNonNull(state.routes()).stream().filter(kept).toList();
        return Altered.state(state, state.links(), routes, state.neighbours());
    }
}
