package dev.underpass.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;

import dev.underpass.cluster.ObjectName;
import dev.underpass.diagnosis.Analysis;
import dev.underpass.diagnosis.Pair;
import dev.underpass.diagnosis.PodAnalysis;
import dev.underpass.net.DeviceName;
import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.Link;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import dev.underpass.topology.Placement.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds where each Pod of an analysis stands.
final class Placing {

    private final Analysis analysis;
    private final Networks networks;
    private final Set<ObjectName> clients;
    private final Map<ObjectName, PodReport> reports = new HashMap<>();
    private final Map<ObjectName, Map<ObjectName, Tally>> services = new HashMap<>();
    private final Map<Map<ObjectName, Tally>, Map<ObjectName, Tally>> same = new HashMap<>();

    Placing(Analysis analysis) {
        this.analysis = analysis;
        this.networks = new Networks(analysis.snapshot());
        this.clients = new HashSet<>(analysis.clients());
        analysis.snapshot().reports().values().stream()
                .flatMap(report -> report.pods().stream())
                .forEach(pod -> reports.put(new ObjectName(pod.namespace(), pod.name()), pod));
    }

    List<Placement> all() {
        return analysis.pods().stream().map(this::placement).toList();
    }

    private Placement placement(PodAnalysis pod) {
        var network = pod.network();
        return new Placement(
                pod.pod().name(),
                pod.pod().node(),
                network.mode(),
                network.attachment(),
                ports(pod),
                network.hostLeg().orElse(null),
                services(pod.pod().name()));
    }

    private Map<ObjectName, Tally> services(ObjectName pod) {
        if (!clients.contains(pod)) {
            return Map.of();
        }
        return services.computeIfAbsent(analysis.standIn(pod), this::asked);
    }

    private Map<ObjectName, Tally> asked(ObjectName pod) {
        Map<ObjectName, Tally> tallies = analysis.pairs(pod).stream()
                .filter(pair -> pair.to().service() != null)
                .collect(groupingBy(
                        Placing::service,
                        reducing(
                                Tally.NONE,
                                each -> Tally.of(each.outcome().disposition().fold()),
                                Tally::plus)));
        return same.computeIfAbsent(Map.copyOf(tallies), each -> each);
    }

    private static ObjectName service(Pair pair) {
        return Objects.requireNonNull(pair.to().service());
    }

    private List<Port> ports(PodAnalysis pod) {
        var ports = new ArrayList<Port>();
        var name = pod.pod().name();
        for (var nic : pod.network().nics()) {
            switch (nic.role()) {
                case UNDERLAY ->
                    ports.add(new Port(
                            nic.device(), networks.underlay(name, nic, addresses(name)), master(pod, nic.device())));
                case OVERLAY -> ports.add(new Port(nic.device(), networks.overlay(nic), null));
                case NODE_LEG, OTHER -> {}
            }
        }
        return ports;
    }

    private List<InterfaceAddress> addresses(ObjectName pod) {
        var report = reports.get(pod);
        return report == null
                ? List.of()
                : Objects.requireNonNullElse(report.network().network().addresses(), List.of());
    }

    /// The node's device that the Pod's one is a child of, `eth0@if2`.
    private @Nullable DeviceName master(PodAnalysis pod, DeviceName device) {
        var report = reports.get(pod.pod().name());
        var links = report == null ? null : report.network().network().links();
        var node = pod.pod().node() == null
                ? null
                : analysis.snapshot().reports().get(pod.pod().node());
        if (links == null || node == null) {
            return null;
        }
        return links.stream()
                .filter(link -> link.name().equals(device) && link.isUnderlayChild())
                .flatMap(link -> hostLink(node, link).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<DeviceName> hostLink(NodeReport node, Link child) {
        var links = node.host().namespace().network().links();
        var index = child.peerIndex();
        return links == null || index == null
                ? Optional.empty()
                : links.stream()
                        .filter(link -> link.index() == index)
                        .map(Link::name)
                        .findFirst();
    }
}
