package dev.underpass.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.MacAddress;
import dev.underpass.net.Neighbour;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Protocol;
import dev.underpass.net.Route;
import dev.underpass.report.FilterReport;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Packets to an address of the underlay that is neither a node's nor a Pod's.
class SilentStrangerTest {

    private static final ObjectName CLIENT = new ObjectName("lab", "u1");
    private static final String STRANGER = "10.6.212.199";

    @ParameterizedTest
    @CsvSource(textBlock = """
            # it was asked for, and the kernel gave up
            FAILED    ,                  , NEIGHBOUR_FAILED, U39
            # the question is open: an answer may be on its way
            INCOMPLETE,                  , EXITS_TO_FABRIC ,
            # somebody outside has answered, of whom nothing else is known
            STALE     , 02:00:00:00:00:99, EXITS_TO_FABRIC ,
            """)
    void areLostWhereItsSilenceWasSeen(String state, @Nullable String mac, String disposition, @Nullable String code) {
        var entry = entry(STRANGER, state, mac);
        var analysis = Analysis.of(Altered.network(healthy(), "u1", network -> with(network, entry)));

        var verdict = analysis.verdict(CLIENT, analysis.target(IpAddress.parse(STRANGER), 80, Protocol.TCP));

        assertThat(verdict.disposition()).as(verdict.summary().toString()).hasToString(disposition);
        assertThat(verdict.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # the rules lead to what is no endpoint of the Service
            10.233.42.31, 80 , 10.6.212.241:8080 , 10.6.212.199, U56
            # an endpoint outside of the cluster does not answer
            10.233.0.1  , 443, 10.6.212.100:54243, 10.6.212.100, U39
            """)
    void areLostBehindAServiceWithTheReason(String service, int port, String backend, String silent, String code) {
        var entry = entry(silent, "FAILED", null);
        var to = silent + backend.substring(backend.indexOf(':'));
        var analysis = Analysis.of(Altered.namespace(
                healthy(), "node1", report -> leading(report, backend, to, with(report.network(), entry))));

        var verdict = analysis.verdict(CLIENT, analysis.target(IpAddress.parse(service), port, Protocol.TCP));

        assertThat(verdict.disposition()).as(verdict.summary().toString()).hasToString("NEIGHBOUR_FAILED");
        assertThat(verdict.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.233.42.99 , WRONG_NIC
            10.233.74.199, NO_ENDPOINT
            """)
    void areLostForAnotherReasonWhereTheRangeIsNotTheUnderlays(String address, String disposition) {
        var entry = entry(address, "FAILED", null);
        var analysis = Analysis.of(Altered.network(healthy(), "u1", network -> onLink(with(network, entry), address)));

        var verdict = analysis.verdict(CLIENT, analysis.target(IpAddress.parse(address), 80, Protocol.TCP));

        assertThat(verdict.disposition()).as(verdict.summary().toString()).hasToString(disposition);
    }

    private static ClusterSnapshot healthy() {
        return Recordings.read("healthy");
    }

    private static Neighbour entry(String address, String state, @Nullable String mac) {
        return new Neighbour(
                IpAddress.parse(address),
                new DeviceName("eth0"),
                mac == null ? null : new MacAddress(mac),
                state,
                null);
    }

    private static NetworkState with(NetworkState state, Neighbour entry) {
        var neighbours = new ArrayList<>(Objects.requireNonNull(state.neighbours()));
        neighbours.removeIf(each -> each.address().equals(entry.address()));
        neighbours.add(entry);
        return Altered.state(state, state.links(), state.routes(), neighbours);
    }

    /// With a route that takes the address for one of the underlay.
    private static NetworkState onLink(NetworkState state, String address) {
        var routes = new ArrayList<>(Objects.requireNonNull(state.routes()));
        var underlay = routes.stream()
                .filter(route -> route.destination().equals(IpPrefix.parse("10.6.0.0/16")))
                .findFirst()
                .orElseThrow();
        routes.add(new Route(
                underlay.type(),
                IpPrefix.parse(address + "/32"),
                underlay.table(),
                underlay.nextHops(),
                underlay.scope(),
                underlay.preferredSource(),
                underlay.metric(),
                underlay.typeOfService(),
                underlay.protocol(),
                underlay.preference()));
        return Altered.state(state, state.links(), routes, state.neighbours());
    }

    /// With iptables rules that lead elsewhere than to a backend.
    private static NamespaceReport leading(NamespaceReport report, String backend, String to, NetworkState network) {
        var filters = report.filters();
        return new NamespaceReport(
                network,
                report.netnsIds(),
                new FilterReport(
                        Objects.requireNonNull(filters.iptables())
                                .replace("--to-destination " + backend, "--to-destination " + to),
                        filters.ip6tables(),
                        filters.iptablesLegacy(),
                        filters.ip6tablesLegacy(),
                        filters.nftables(),
                        filters.ipsets()),
                report.ipvs(),
                report.listeners(),
                report.resolvConf());
    }
}
