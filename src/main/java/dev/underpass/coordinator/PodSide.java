package dev.underpass.coordinator;

import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.NextHop;
import dev.underpass.net.Route;
import dev.underpass.net.Scope;
import dev.underpass.net.TableId;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts a Pod's namespace together after the coordinator ran.
///
/// @param network how the Pod is attached now
/// @param report what was read of it
record PodSide(PodNetwork network, NamespaceReport report) {

    NamespaceReport after(PodBase base, CoordinatorRun run) {
        return new NamespaceReport(
                network(base, run),
                report.netnsIds(),
                Marking.in(report.filters(), marked(base, run)),
                report.ipvs(),
                report.listeners(),
                report.resolvConf());
    }

    /// What the kernel routes by, whatever netfilter holds.
    NetworkState network(PodBase base, CoordinatorRun run) {
        var state = report.network();
        return new NetworkState(
                links(base, run),
                addresses(base, run),
                state.rules() == null ? null : base.ipv4().rules(),
                state.rules6() == null ? null : base.ipv6().rules(),
                routes(base.ipv4(), run),
                routes(base.ipv6(), run),
                state.neighbours() == null ? null : run.neighbours(),
                state.proxyNeighbours(),
                state.sysctls() == null ? null : sysctls(state.sysctls(), run));
    }

    private static Set<Family> marked(PodBase base, CoordinatorRun run) {
        return run.veth() == null
                ? Set.of()
                : base.families().stream()
                        .map(FamilyLines::family)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
    }

    private static List<Link> links(PodBase base, CoordinatorRun run) {
        var links = new ArrayList<>(base.links());
        var veth = run.veth();
        if (veth != null) {
            links.add(veth.inPod());
        }
        return links;
    }

    private List<InterfaceAddress> addresses(PodBase base, CoordinatorRun run) {
        var addresses = new ArrayList<>(base.addresses());
        if (run.veth() == null) {
            addresses.removeIf(address -> address.device().equals(network.nodeLeg()));
        }
        var own = linkAddress(run);
        if (own != null) {
            var around = IpPrefix.around(own, own.family().bits());
            addresses.add(new InterfaceAddress(PodLeg.VETH0, own, around, Scope.GLOBAL, Set.of()));
        }
        return addresses;
    }

    private List<Route> routes(FamilyLines lines, CoordinatorRun run) {
        var routes = new ArrayList<>(lines.routes());
        var leg = network.nodeLeg();
        if (run.veth() == null && leg != null) {
            routes.removeIf(route -> route.uses(leg));
        }
        var own = linkAddress(run);
        if (own != null && own.family() == lines.family()) {
            routes.add(local(own));
        }
        return routes;
    }

    private static @Nullable IpAddress linkAddress(CoordinatorRun run) {
        var settings = run.underlay();
        var text = settings == null ? "" : settings.vethLinkAddress().value();
        try {
            return text.isEmpty() ? null : IpAddress.parse(text.split("/", 2)[0]);
        } catch (IllegalArgumentException _) {
            throw new Refusal(Phrases.VETH_ADDRESS_UNREADABLE.with(text));
        }
    }

    private static Route local(IpAddress own) {
        return new Route(
                Route.Type.LOCAL,
                IpPrefix.around(own, own.family().bits()),
                TableId.LOCAL,
                List.of(new NextHop(PodLeg.VETH0, null, 1, Set.of())),
                Scope.HOST,
                own,
                0,
                0,
                "kernel",
                "");
    }

    /// A new device has the namespace's defaults; podRPFilter is written for `all`.
    private static Map<String, String> sysctls(Map<String, String> reported, CoordinatorRun run) {
        var result = new TreeMap<>(reported);
        if (run.veth() != null) {
            result.putAll(NodeSide.withDefaults(reported, PodLeg.VETH0));
        }
        var settings = run.last();
        if (settings != null && settings.podRpFilter().value() >= 0) {
            result.put(
                    "net.ipv4.conf.all.rp_filter",
                    Integer.toString(settings.podRpFilter().value()));
        }
        return result;
    }
}
