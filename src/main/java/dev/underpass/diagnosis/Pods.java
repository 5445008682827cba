package dev.underpass.diagnosis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.Node;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Pod;
import dev.underpass.cluster.SpiderpoolResources.Endpoint;
import dev.underpass.coordinator.Drift;
import dev.underpass.coordinator.EffectiveSettings;
import dev.underpass.coordinator.ExpectedPlan;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.coordinator.PodNetworks;
import dev.underpass.net.IpAddress;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Pods of a snapshot with their inferred networks, plans and drift.
final class Pods {

    /// Without these nobody can say what the coordinator should have written.
    private static final List<String> PLANNED_FROM = List.of(
            "nodes", "spidercoordinators.spiderpool.spidernet.io", "network-attachment-definitions.k8s.cni.cncf.io");

    private final Map<ObjectName, PodAnalysis> pods = new LinkedHashMap<>();
    private final Map<IpAddress, PodAnalysis> owners = new HashMap<>();
    private final Map<NodeName, List<IpAddress>> nodes;

    Pods(ClusterSnapshot snapshot) {
        this.nodes = snapshot.nodes().stream().collect(toMap(Node::name, Node::addresses, (first, _) -> first));
        var endpoints = snapshot.spiderpool().endpoints().stream().collect(groupingBy(Endpoint::pod));
        snapshot.pods().stream().sorted((a, b) -> a.name().compareTo(b.name())).forEach(pod -> {
            var settings = EffectiveSettings.of(snapshot, pod, endpoints.getOrDefault(pod.name(), List.of()));
            pods.put(pod.name(), analysed(snapshot, pod, settings));
        });
        for (var pod : pods.values()) {
            pod.network().nics().forEach(nic -> nic.addresses().forEach(address -> owners.putIfAbsent(address, pod)));
        }
    }

    private PodAnalysis analysed(ClusterSnapshot snapshot, Pod pod, EffectiveSettings settings) {
        var node = pod.node() == null ? new NodeName("none") : pod.node();
        var report = NodeReportOf.pod(snapshot, node, pod.name())
                .map(PodReport::network)
                .orElse(null);
        var network = PodNetworks.infer(pod, node, report, settings.coordinated());
        boolean planned = PLANNED_FROM.stream().allMatch(snapshot::observes);
        var plan = planned ? ExpectedPlan.of(network, settings, addresses(node)) : ExpectedPlan.NOTHING;
        var host = NodeReportOf.host(snapshot, node);
        return new PodAnalysis(
                pod,
                network,
                settings,
                plan,
                report == null || !planned ? List.of() : Drift.of(network, settings, plan, report, host));
    }

    /// The node's addresses, as Kubernetes tells them.
    List<IpAddress> addresses(NodeName node) {
        return nodes.getOrDefault(node, List.of());
    }

    List<PodAnalysis> all() {
        return List.copyOf(pods.values());
    }

    Optional<PodAnalysis> pod(ObjectName name) {
        return Optional.ofNullable(pods.get(name));
    }

    /// The Pods that connections can be made from: those with a report of their own, not on their node's network.
    List<ObjectName> clients(Map<NodeName, NodeReport> reports) {
        var reported = reports.entrySet().stream()
                .flatMap(report -> report.getValue().pods().stream()
                        .map(pod -> new Reported(report.getKey(), new ObjectName(pod.namespace(), pod.name()))))
                .collect(toSet());
        return pods.values().stream()
                .filter(pod -> pod.network().mode() != PodNetwork.Mode.HOST_NETWORK)
                .filter(pod -> pod.network().mode() != PodNetwork.Mode.UNKNOWN
                        || reported.contains(
                                new Reported(pod.network().node(), pod.pod().name())))
                .map(pod -> pod.pod().name())
                .toList();
    }

    private record Reported(NodeName node, ObjectName pod) {}

    /// The Pod that has the address, if one does.
    Optional<PodAnalysis> owner(IpAddress address) {
        return Optional.ofNullable(owners.get(address));
    }
}
