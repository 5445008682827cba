package dev.underpass.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.underpass.Recordings;
import dev.underpass.cluster.ObjectName;
import dev.underpass.console.bundle.BundleException;
import dev.underpass.console.bundle.BundleReader;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NetworkState;
import dev.underpass.net.NextHop;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import dev.underpass.report.NamespaceReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    /// What Calico gives its Pods for a gateway, and one of a pool that the recordings lack.
    private static final String UNTOLD =
            ".*(169\\.254\\.1\\.1|fe80::ecee:eeff:feee:eeee) .*|default via fd00:10:6::1 .*";

    private static final Analysis HEALTHY = Analysis.of(Recordings.read("healthy"));

    private static NamespaceReport host(Analysis analysis, PodAnalysis pod) {
        return Objects.requireNonNull(
                        analysis.snapshot().reports().get(pod.network().node()))
                .host()
                .namespace();
    }

    private static NamespaceReport report(Analysis analysis, PodAnalysis pod) {
        return Objects.requireNonNull(
                        analysis.snapshot().reports().get(pod.network().node()))
                .pods()
                .stream()
                .filter(each -> new ObjectName(each.namespace(), each.name())
                        .equals(pod.pod().name()))
                .findFirst()
                .orElseThrow()
                .network();
    }

    private static Origins inPod(Analysis analysis, PodAnalysis pod, NamespaceReport report, Family family) {
        return Origins.inPod(
                analysis.snapshot(), pod.pod(), pod.network(), pod.settings(), report, host(analysis, pod), family);
    }

    private static PodAnalysis pod(String name) {
        return HEALTHY.pod(ObjectName.parse(name)).orElseThrow();
    }

    private static <T> Stream<T> of(@Nullable List<T> lines) {
        return Objects.requireNonNull(lines).stream();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthy",
                "healthy-nftables",
                "dual-stack",
                "dual-stack-nftables",
                "masquerade-all",
                "overlay-default-net1"
            })
    void ofIntactPodsOnlyWhatThePluginsWroteIsUntold(String bundle) {
        var analysis = Analysis.of(Recordings.read(bundle));
        var intact = analysis.pods().stream()
                .filter(pod -> pod.drift().isEmpty() && !pod.plan().equals(ExpectedPlan.NOTHING))
                .toList();
        assertThat(intact).isNotEmpty();
        for (var pod : intact) {
            var report = report(analysis, pod);
            for (var family : Family.values()) {
                var untold = untold(pod, report.network(), inPod(analysis, pod, report, family), family);
                assertThat(untold).as("%s", pod.pod().name()).allMatch(line -> line.matches(UNTOLD));
            }
        }
    }

    @Test
    void marksThatAreMissingHideNoOrigin() throws BundleException {
        var analysis = Analysis.of(BundleReader.read(Path.of("src/main/resources/demo/demo.tar.gz")));
        var pod = analysis.pod(ObjectName.parse("lab/u2")).orElseThrow();
        var report = report(analysis, pod);

        var origins = inPod(analysis, pod, report, Family.IPV4);

        assertThat(pod.drift()).extracting(DriftItem::text).allMatch(line -> line.startsWith("*mangle"));
        assertThat(untold(pod, report.network(), origins, Family.IPV4)).isEmpty();
        assertThat(origins.reasons()).containsKeys("999: from 10.7.212.242 lookup 101");
    }

    private static List<String> untold(PodAnalysis pod, NetworkState state, Origins origins, Family family) {
        boolean four = family == Family.IPV4;
        var planned = pod.plan().lines();
        return Stream.concat(
                        of(four ? state.rules() : state.rules6())
                                .filter(rule -> !Origins.isKernels(rule))
                                .map(PolicyRule::toString),
                        of(four ? state.routes() : state.routes6())
                                .filter(route -> !Origins.isKernels(route))
                                .filter(route ->
                                        planned.stream().noneMatch(line -> ExpectedPlan.same(line.route(), route)))
                                .map(Route::toString))
                .filter(line -> !origins.reasons().containsKey(line))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.9.0/24 via 10.6.0.254 dev eth0", "172.30.0.0/16 via 10.6.212.101 dev veth0"})
    void whatSomebodyAddedIsNobodys(String line) {
        var words = line.split(" ", -1);
        var added = route(words[0], words[2], words[4]);
        var pod = pod("lab/u1");
        var report = report(HEALTHY, pod);

        var reasons = inPod(HEALTHY, pod, with(report, added), Family.IPV4).reasons();

        assertThat(added).hasToString(line);
        assertThat(reasons).doesNotContainKey(line).containsKeys("1000: from all fwmark 0x1 lookup 100");
    }

    private static Route route(String to, String gateway, String device) {
        return new Route(
                Route.Type.UNICAST,
                IpPrefix.parse(to),
                TableId.MAIN,
                List.of(new NextHop(new DeviceName(device), IpAddress.parse(gateway), 1, Set.of())),
                Scope.GLOBAL,
                null,
                0,
                0,
                "boot",
                "");
    }

    private static NamespaceReport with(NamespaceReport report, Route added) {
        var state = report.network();
        var routes = new ArrayList<>(Objects.requireNonNull(state.routes()));
        routes.add(added);
        return new NamespaceReport(
                new NetworkState(
                        state.links(),
                        state.addresses(),
                        state.rules(),
                        state.rules6(),
                        routes,
                        state.routes6(),
                        state.neighbours(),
                        state.proxyNeighbours(),
                        state.sysctls()),
                report.netnsIds(),
                report.filters(),
                report.ipvs(),
                report.listeners(),
                report.resolvConf());
    }

    @Test
    void theGatewayThatSpiderpoolGaveIsToldAsSuch() {
        var pod = pod("lab/u1");

        var reasons = inPod(HEALTHY, pod, report(HEALTHY, pod), Family.IPV4).reasons();

        assertThat(String.valueOf(reasons.get("default via 10.6.0.1 dev eth0")))
                .isEqualTo("the gateway that Spiderpool gave eth0");
    }

    @Test
    void onTheNodeTheRouteToAPodAndItsRuleAreTheCoordinators() {
        var pod = pod("lab/u1");
        var host = host(HEALTHY, pod);
        var end = Drift.hostEnd(report(HEALTHY, pod).network(), host.network(), new DeviceName("veth0"))
                .orElseThrow()
                .name();
        var elsewhere = new Route(
                Route.Type.UNICAST,
                IpPrefix.parse("10.6.212.241/32"),
                new TableId("500"),
                List.of(new NextHop(new DeviceName("eth0"), null, 1, Set.of())),
                Scope.LINK,
                null,
                7,
                0,
                "boot",
                "");

        var reasons = Origins.onNode(
                        pod.pod(),
                        pod.network(),
                        report(HEALTHY, pod).network(),
                        with(host, elsewhere).network(),
                        Family.IPV4)
                .reasons();

        assertThat(reasons)
                .containsOnlyKeys(
                        "10.6.212.241 dev %s table 500 scope link".formatted(end), "1000: from all lookup 500");
    }
}
