package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.Pod.AttachedNetwork;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.coordinator.NewNic.Given;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.coordinator.PodNetwork.Role;
import dev.underpass.coordinator.Recreation.Outcome;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Link;
import dev.underpass.net.NetworkState;
import dev.underpass.net.Route;
import dev.underpass.report.NamespaceReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A Pod that is made anew with a NIC of another network: its plugins' work is put together from what is known of the
/// network, and the coordinator's is worked out as for any Pod that is made anew.
public final class Attaching {

    private final Pod pod;
    private final PodNetwork network;
    private final NamespaceReport report;
    private final NewNic nic;

    private Attaching(Pod pod, PodNetwork network, NamespaceReport report, NewNic nic) {
        this.pod = pod;
        this.network = network;
        this.report = report;
        this.nic = nic;
    }

    /// The Pod that comes of it.
    ///
    /// @param pod with the annotations and addresses that it then has
    /// @param endpoint what Spiderpool then says that it gave to the Pod
    /// @param host the node without what it had for the Pod alone
    public record Attached(Pod pod, Endpoint endpoint, NamespaceReport host, Outcome outcome) {}

    /// Works out what becomes of the Pod.
    ///
    /// @param settings the cluster whose networks and coordinator hold
    /// @param network how it is attached now
    /// @param report what was read in the Pod's namespace
    /// @param host what was read in its node's
    /// @param annotation what its annotation of further networks then says; empty for nothing
    public static Attached of(
            ClusterSnapshot settings,
            Pod pod,
            PodNetwork network,
            NamespaceReport report,
            NamespaceReport host,
            NewNic nic,
            String annotation) {
        var attaching = new Attaching(pod, network, report, nic);
        var renewed = attaching.renewed(annotation);
        var left = attaching.left(host);
        Outcome outcome;
        try {
            var base = attaching.base(host);
            var then = PodNetworks.infer(renewed, network.node(), base, true);
            outcome = Recreation.of(settings, settings, renewed, then, base, left);
        } catch (Unpredictable e) {
            outcome = new Outcome.Unknown(e.sentence());
        }
        return new Attached(renewed, attaching.endpoint(settings), left, outcome);
    }

    private List<IpAddress> own() {
        return nic.addresses().stream().map(Given::address).toList();
    }

    private Pod renewed(String annotation) {
        var annotations = new HashMap<>(pod.annotations());
        annotations.remove(Pod.DEFAULT_NETWORK);
        annotations.remove(Pod.NETWORKS);
        if (nic.only()) {
            annotations.put(Pod.DEFAULT_NETWORK, nic.network().name().toString());
        }
        if (!annotation.isEmpty()) {
            annotations.put(Pod.NETWORKS, annotation);
        }
        var networks = new ArrayList<AttachedNetwork>();
        if (!nic.only()) {
            pod.networks().stream()
                    .filter(each -> !each.device().equals(nic.device().value()))
                    .forEach(networks::add);
        }
        networks.add(new AttachedNetwork(
                nic.network().name().toString(), nic.device().value(), own(), nic.only()));
        return new Pod(
                pod.name(),
                pod.uid(),
                pod.node(),
                pod.labels(),
                annotations,
                false,
                pod.runtimeClass(),
                pod.phase(),
                pod.ready(),
                pod.createdAt(),
                pod.startedAt(),
                nic.only() ? own() : pod.addresses(),
                networks,
                pod.ports(),
                pod.flags(),
                pod.workload());
    }

    private Endpoint endpoint(ClusterSnapshot settings) {
        var allocations = new ArrayList<Allocation>();
        if (!nic.only()) {
            settings.spiderpool().endpoints().stream()
                    .filter(each -> each.pod().equals(pod.name()))
                    .flatMap(each -> each.allocations().stream())
                    .filter(each -> !each.device().equals(nic.device()))
                    .forEach(allocations::add);
        }
        var four = given(Family.IPV4);
        var six = given(Family.IPV6);
        allocations.add(new Allocation(
                nic.device(),
                four == null ? null : four.address(),
                six == null ? null : six.address(),
                four == null ? null : four.pool().name(),
                six == null ? null : six.pool().name(),
                four == null ? null : four.pool().gateway(),
                six == null ? null : six.pool().gateway(),
                null));
        return new Endpoint(pod.name(), pod.node(), allocations);
    }

    private @Nullable Given given(Family family) {
        return nic.addresses().stream()
                .filter(each -> each.family() == family)
                .findFirst()
                .orElse(null);
    }

    /// The devices that a new Pod does not have: those that are replaced, and the coordinator's leg.
    private Set<DeviceName> gone() {
        return network.nics().stream()
                .filter(each -> nic.only()
                        || each.role() == Role.NODE_LEG
                        || each.device().equals(nic.device()))
                .map(Nic::device)
                .collect(Collectors.toSet());
    }

    /// The node without its ends of the devices that go.
    private NamespaceReport left(NamespaceReport host) {
        var own = network.nics().stream()
                .flatMap(each -> each.addresses().stream())
                .collect(Collectors.toSet());
        var left = host;
        for (var device : gone()) {
            var end = Drift.link(report.network(), device)
                    .filter(Link::isVeth)
                    .flatMap(_ -> Drift.hostEnd(report.network(), host.network(), device));
            if (end.isPresent()) {
                left = NodeSide.without(end.get().name()).applied(left, own);
            }
        }
        return left;
    }

    /// The namespace when all plugins but the coordinator have run.
    private NamespaceReport base(NamespaceReport host) {
        var state = report.network();
        if (state.links() == null || state.addresses() == null || state.routes() == null || state.routes6() == null) {
            throw new Unpredictable(Phrases.NOT_ALL_REPORTED.with());
        }
        if (!nic.only() && network.nics().stream().noneMatch(each -> each.role() == Role.OVERLAY)) {
            throw new Unpredictable(Phrases.NO_OVERLAY_NIC.with());
        }
        families();
        if (nic.addresses().isEmpty()) {
            throw new Unpredictable(Phrases.UNKNOWN_ADDRESSES.with(nic.device()));
        }
        var gone = gone();
        var links = without(state.links(), link -> link.name(), gone);
        links.add(nic.link(1 + links.stream().mapToInt(Link::index).max().orElse(0), parent(host)));
        var addresses = without(state.addresses(), InterfaceAddress::device, gone);
        addresses.addAll(nic.interfaceAddresses());
        var after = new NetworkState(
                links,
                addresses,
                state.rules(),
                state.rules6(),
                routes(Family.IPV4, state.routes(), gone),
                routes(Family.IPV6, state.routes6(), gone),
                state.neighbours(),
                state.proxyNeighbours(),
                sysctls(state.sysctls()));
        return new NamespaceReport(
                after, report.netnsIds(), report.filters(), report.ipvs(), report.listeners(), report.resolvConf());
    }

    /// The coordinator goes by the families of the NIC that it is called for.
    private void families() {
        var own = own().stream().map(IpAddress::family).collect(Collectors.toSet());
        var first = network.nics().stream()
                .filter(each -> each.role() == Role.OVERLAY)
                .flatMap(each -> each.addresses().stream())
                .map(IpAddress::family)
                .collect(Collectors.toSet());
        if (!nic.only() && !first.equals(own)) {
            throw new Unpredictable(Phrases.FAMILIES_UNLIKE.with(own, first));
        }
    }

    private static <T> List<T> without(
            List<T> all, java.util.function.Function<T, DeviceName> device, Set<DeviceName> gone) {
        return new ArrayList<>(
                all.stream().filter(each -> !gone.contains(device.apply(each))).toList());
    }

    private Link parent(NamespaceReport host) {
        return Optional.ofNullable(host.network().links()).stream()
                .flatMap(List::stream)
                .filter(link -> link.name().value().equals(nic.parent()))
                .findFirst()
                .orElseThrow(() -> new Unpredictable(Phrases.NO_PARENT.with(network.node(), nic.parent())));
    }

    private List<Route> routes(Family family, List<Route> reported, Set<DeviceName> gone) {
        var routes = new ArrayList<>(nic.routes(family));
        reported.stream().filter(route -> gone.stream().noneMatch(route::uses)).forEach(routes::add);
        return routes;
    }

    private @Nullable Map<String, String> sysctls(@Nullable Map<String, String> reported) {
        boolean there = network.nics().stream().anyMatch(each -> each.device().equals(nic.device()));
        return reported == null || there
                ? reported
                : NodeSide.withDefaults(Objects.requireNonNull(reported), nic.device());
    }
}
