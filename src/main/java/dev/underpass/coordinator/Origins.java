package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Pod;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.NetworkState;
import dev.underpass.net.PolicyRule;
import dev.underpass.net.Route;
import dev.underpass.report.NamespaceReport;
import dev.underpass.words.Sentence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Why lines of one family are there that no plan of table `main` speaks of: whose they are, as far as anything tells.
///
/// @param reasons by the line as `ip` prints it
public record Origins(Map<String, Sentence> reasons) {

    public static final Origins UNTOLD = new Origins(Map.of());

    /// Programs that `rt_protos` of iproute2 has a name for; `boot` and `static` are what anybody writes.
    private static final Set<String> PROGRAMS = Set.of(
            "babel",
            "bgp",
            "bird",
            "dhcp",
            "dnrouted",
            "eigrp",
            "gated",
            "isis",
            "keepalived",
            "mrouted",
            "mrt",
            "ntk",
            "openr",
            "ospf",
            "rip",
            "xorp",
            "zebra");

    public Origins {
        reasons = Map.copyOf(reasons);
    }

    /// Whether the kernel made the rule, as it makes them in every namespace.
    public static boolean isKernels(PolicyRule rule) {
        return RuleDrift.isBuiltIn(rule);
    }

    /// Whether the kernel made the route, by its own word.
    public static boolean isKernels(Route route) {
        return route.protocol().equals("kernel");
    }

    /// The program that wrote the route, by the route's own word.
    public static Optional<Sentence> program(Route route) {
        return PROGRAMS.contains(route.protocol())
                ? Optional.of(Phrases.PROGRAM.with(route.protocol()))
                : Optional.empty();
    }

    /// What the coordinator writes today into a Pod, and the default routes by the gateways that Spiderpool gave it.
    ///
    /// @param report what was read in the Pod's namespace
    /// @param host what was read in its node's
    public static Origins inPod(
            ClusterSnapshot snapshot,
            Pod pod,
            PodNetwork network,
            EffectiveSettings settings,
            NamespaceReport report,
            NamespaceReport host,
            Family family) {
        var reasons = new HashMap<String, Sentence>();
        Recreation.routing(snapshot, pod, network, report, host).ifPresent(made -> {
            var before = Recreation.before(snapshot, pod, network, report, host, family);
            rules(made, family)
                    .filter(rule -> !before.rules().contains(rule))
                    .forEach(rule -> reasons.put(rule.toString(), Phrases.WRITTEN.with()));
            var plain = before.routes().stream().map(Route::toString).toList();
            routes(made, family)
                    .map(Route::toString)
                    .filter(route -> !plain.contains(route))
                    .forEach(route -> reasons.put(route, Phrases.WRITTEN.with()));
        });
        routes(report.network(), family)
                .filter(Route::isDefault)
                .forEach(route -> settings.gateways().stream()
                        .filter(gateway -> isBy(route, gateway))
                        .forEach(gateway ->
                                reasons.putIfAbsent(route.toString(), Phrases.GATEWAY.with(gateway.device()))));
        return new Origins(reasons);
    }

    private static boolean isBy(Route route, EffectiveSettings.Gateway gateway) {
        return route.nextHops().size() == 1
                && route.uses(gateway.device())
                && gateway.address().equals(route.nextHops().getFirst().gateway());
    }

    /// What the coordinator keeps on the node for a Pod: the routes to its addresses, and the rule that leads there.
    ///
    /// @param pod what was read in the Pod's namespace
    public static Origins onNode(Pod of, PodNetwork network, NetworkState pod, NetworkState host, Family family) {
        var reasons = new HashMap<String, Sentence>();
        var end = network.hostLeg().flatMap(leg -> Drift.hostEnd(pod, host, leg));
        if (end.isPresent()) {
            network.nics(PodNetwork.Role.UNDERLAY).stream()
                    .flatMap(nic -> nic.addresses().stream())
                    .filter(address -> address.family() == family)
                    .flatMap(address -> routesTo(host, address))
                    .filter(route -> route.uses(end.get().name()))
                    .forEach(route -> {
                        reasons.put(route.toString(), Phrases.TO_POD.with(of.name()));
                        rules(host, family)
                                .filter(rule -> !isKernels(rule) && NodeDrift.leadsTo(rule, route.table()))
                                .forEach(rule -> reasons.put(rule.toString(), Phrases.TO_PODS.with()));
                    });
        }
        return new Origins(reasons);
    }

    private static Stream<Route> routesTo(NetworkState host, IpAddress address) {
        return NodeDrift.hostRoutes(Drift.routes(host, address.family()), address).stream();
    }

    private static Stream<Route> routes(NetworkState state, Family family) {
        return Drift.routes(state, family).stream();
    }

    private static Stream<PolicyRule> rules(NetworkState state, Family family) {
        var rules = family == Family.IPV4 ? state.rules() : state.rules6();
        return Objects.requireNonNullElse(rules, List.<PolicyRule>of()).stream();
    }
}
