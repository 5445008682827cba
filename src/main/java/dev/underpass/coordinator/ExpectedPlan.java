package dev.underpass.coordinator;

import dev.underpass.coordinator.EffectiveSettings.Cidr;
import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.NextHop;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lines that the coordinator, as of v1.2.1, would write into the Pod's table `main` today.
///
/// @param lines the expected routes, each with the setting that asks for it
public record ExpectedPlan(List<Line> lines) {

    /// An expected route.
    ///
    /// @param because the setting or rule that asks for it
    public record Line(Route route, Sentence because) {}

    public ExpectedPlan {
        lines = List.copyOf(lines);
    }

    public static final ExpectedPlan NOTHING = new ExpectedPlan(List.of());

    /// Works the plan out for one Pod.
    ///
    /// @param nodeAddresses the node's addresses, the one that the node uses towards the Pod first
    public static ExpectedPlan of(PodNetwork network, EffectiveSettings settings, List<IpAddress> nodeAddresses) {
        var leg = network.hostLeg();
        var source = network.primary();
        boolean steered =
                network.mode() == PodNetwork.Mode.UNDERLAY || network.mode() == PodNetwork.Mode.OVERLAY_MULTI_NIC;
        if (!steered || leg.isEmpty() || source.isEmpty() || !settings.coordinated()) {
            return NOTHING;
        }
        var lines = new ArrayList<Line>();
        for (var family : IpAddress.Family.values()) {
            var address = source.get().address(family);
            var gateways =
                    nodeAddresses.stream().filter(a -> a.family() == family).toList();
            if (address.isPresent() && !gateways.isEmpty()) {
                addFamily(lines, leg.get(), address.get(), gateways, settings.cidrs(family));
            }
        }
        return new ExpectedPlan(lines);
    }

    private static void addFamily(
            List<Line> lines, DeviceName leg, IpAddress source, List<IpAddress> gateways, List<Cidr> cidrs) {
        for (var gateway : gateways) {
            var host = IpPrefix.around(gateway, gateway.family().bits());
            lines.add(new Line(route(host, null, leg, source), Phrases.NODE_ADDRESS.with(gateway)));
        }
        for (var cidr : cidrs) {
            lines.add(new Line(route(cidr.prefix(), gateways.getFirst(), leg, source), cidr.source()));
        }
    }

    private static Route route(IpPrefix to, @Nullable IpAddress gateway, DeviceName leg, IpAddress source) {
        boolean six = source.family() == IpAddress.Family.IPV6;
        return new Route(
                Route.Type.UNICAST,
                to,
                TableId.MAIN,
                List.of(new NextHop(leg, gateway, 1, Set.of())),
                gateway == null && !six ? Scope.LINK : Scope.GLOBAL,
                six ? null : source,
                six ? 1024 : 0,
                0,
                "",
                six ? "medium" : "");
    }

    /// Whether a route says the same as an expected one; sources and metrics are not compared.
    public static boolean same(Route expected, Route actual) {
        return expected.destination().equals(actual.destination())
                && expected.table().equals(actual.table())
                && expected.type() == actual.type()
                && actual.nextHops().size() == 1
                && expected.nextHops().getFirst().device() != null
                && expected.nextHops()
                        .getFirst()
                        .device()
                        .equals(actual.nextHops().getFirst().device())
                && java.util.Objects.equals(
                        expected.nextHops().getFirst().gateway(),
                        actual.nextHops().getFirst().gateway());
    }
}
