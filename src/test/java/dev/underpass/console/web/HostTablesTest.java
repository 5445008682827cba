package dev.underpass.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.NodeName;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NetworkState;
import dev.underpass.net.NextHop;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTablesTest {

    private static final int ROUTES = 137;

    private static Route route(String to, String protocol) {
        return new Route(
                Route.Type.UNICAST,
                IpPrefix.parse(to),
                TableId.MAIN,
                List.of(new NextHop(new DeviceName("cali1"), null, 1, Set.of())),
                Scope.LINK,
                null,
                0,
                0,
                protocol,
                "");
    }

    /// A node of which only IPv4 routes in table `main` were reported.
    private static NodeReport node(Stream<Route> routes) {
        var report = Objects.requireNonNull(Recordings.read("healthy").reports().get(new NodeName("node1")));
        var namespace = report.host().namespace();
        var network = new NetworkState(null, null, null, null, routes.toList(), null, null, null, null);
        return report.withHost(report.host()
                        .with(new NamespaceReport(
                                network,
                                namespace.netnsIds(),
                                namespace.filters(),
                                namespace.ipvs(),
                                namespace.listeners(),
                                namespace.resolvConf())))
                .withPods(List.of());
    }

    private static HostTables.Table main(NodeReport node, String asked) {
        var lines = HostTables.of(node, List.of(), asked).families().getFirst();
        return Objects.requireNonNull(lines.tables()).getFirst();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,   0
            99,  0
            100, 1
            136, 1
            137, 0
            """)
    void theLineThatIsAskedForIsShownHoweverManyComeBefore(int asked, int beyond) {
        var node = node(IntStream.range(0, ROUTES).mapToObj(i -> route("10.233.74." + i, "boot")));
        var line = route("10.233.74." + asked, "boot").toString();

        var table = main(node, LineAnchor.of(Family.IPV4, line));

        assertThat(table.lines()).hasSize(HostTables.MOST);
        assertThat(table.asked())
                .extracting(HostTables.Line::text)
                .hasSize(beyond)
                .allMatch(line::equals);
        assertThat(table.more()).isEqualTo(ROUTES - HostTables.MOST - beyond);
        assertThat(table.size()).isEqualTo(ROUTES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bird   | PROGRAM | bird wrote it, as the line itself says
            dhcp   | PROGRAM | dhcp wrote it, as the line itself says
            kernel | KERNEL  | ''
            boot   | OTHER   | ''
            static | OTHER   | ''
            80     | OTHER   | ''
            """)
    void aProgramThatTheLineNamesIsItsOrigin(String protocol, String mark, String because) {
        var line = main(node(Stream.of(route("10.233.74.64/26", protocol))), "")
                .lines()
                .getFirst();

        assertThat(line.mark()).hasToString(mark);
        assertThat(line.because()).hasToString(because);
    }

    @Test
    void noLineIsAskedForByAnEmptyAnchor() {
        var node = node(IntStream.range(0, ROUTES).mapToObj(i -> route("10.233.74." + i, "boot")));

        assertThat(main(node, "").asked()).isEmpty();
    }
}
