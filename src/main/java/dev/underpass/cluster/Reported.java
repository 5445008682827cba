package dev.underpass.cluster;

import static java.util.stream.Collectors.toMap;

import dev.underpass.net.InterfaceAddress;
import dev.underpass.net.IpAddress;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What Kubernetes says of a cluster, together with what agents report of it.
///
/// Nodes and Pods that only a report knows are part of the cluster, too. Reported Pods without a name
/// get the one of the Pod with their uid.
///
/// @param unresolved how many reported Pods are left out, because nothing tells their name
public record Reported(ClusterSnapshot snapshot, int unresolved) {

    /// Puts reports into a snapshot in place of those that it has.
    ///
    /// @param resources the cluster without what only reports know of it
    public static Reported in(ClusterSnapshot resources, Map<NodeName, NodeReport> reports) {
        var names = names(resources, reports);
        var places = places(resources, reports, names);
        var named = new HashMap<NodeName, NodeReport>();
        int unresolved = 0;
        for (var entry : reports.entrySet()) {
            var node = entry.getKey();
            var report = entry.getValue();
            var pods = report.pods().stream()
                    .map(pod -> named(pod, names))
                    .flatMap(Optional::stream)
                    .toList();
            unresolved += report.pods().size() - pods.size();
            var here = pods.stream()
                    .filter(pod -> node.equals(places.get(name(pod))))
                    .toList();
            named.put(node, report.withPods(here));
        }
        return new Reported(snapshot(resources, named), unresolved);
    }

    /// The names of Pods by uid.
    private static Map<String, ObjectName> names(ClusterSnapshot resources, Map<NodeName, NodeReport> reports) {
        var names = new HashMap<String, ObjectName>();
        reports.values().stream()
                .flatMap(report -> report.pods().stream())
                .filter(pod -> !pod.name().isEmpty())
                .forEach(pod -> names.put(pod.uid(), name(pod)));
        resources.pods().forEach(pod -> names.put(pod.uid(), pod.name()));
        names.remove("");
        return names;
    }

    private static Optional<PodReport> named(PodReport pod, Map<String, ObjectName> names) {
        return pod.name().isEmpty()
                ? Optional.ofNullable(names.get(pod.uid())).map(name -> pod.withName(name.namespace(), name.name()))
                : Optional.of(pod);
    }

    /// Which report counts for each Pod: while one moves, two nodes may have it.
    private static Map<ObjectName, NodeName> places(
            ClusterSnapshot resources, Map<NodeName, NodeReport> reports, Map<String, ObjectName> names) {
        var places = new HashMap<ObjectName, NodeName>();
        var oldestFirst = reports.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().collectedAt()))
                .toList();
        for (var entry : oldestFirst) {
            for (var pod : entry.getValue().pods()) {
                named(pod, names).ifPresent(each -> places.put(name(each), entry.getKey()));
            }
        }
        for (var pod : resources.pods()) {
            var report = pod.node() == null ? null : reports.get(pod.node());
            if (report != null && holds(report, pod, names)) {
                places.put(pod.name(), Objects.requireNonNull(pod.node()));
            }
        }
        return places;
    }

    private static boolean holds(NodeReport report, Pod pod, Map<String, ObjectName> names) {
        return report.pods().stream()
                .anyMatch(each -> named(each, names)
                        .filter(one -> name(one).equals(pod.name()))
                        .isPresent());
    }

    private static ClusterSnapshot snapshot(ClusterSnapshot resources, Map<NodeName, NodeReport> reports) {
        return new ClusterSnapshot(
                resources.name(),
                resources.capturedAt(),
                resources.comment(),
                nodes(resources, reports),
                pods(resources, reports),
                resources.services(),
                resources.endpointSlices(),
                resources.spiderpool(),
                resources.cni(),
                resources.policies(),
                reports,
                resources.fabric(),
                resources.unobserved(),
                resources.rangesSince());
    }

    private static List<Node> nodes(ClusterSnapshot resources, Map<NodeName, NodeReport> reports) {
        var known = resources.nodes().stream().map(Node::name).toList();
        var others = reports.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted(Comparator.comparing(NodeName::value))
                .map(name -> new Node(name, Map.of(), List.of(), List.of(), ""));
        return Stream.concat(resources.nodes().stream(), others).toList();
    }

    private static List<Pod> pods(ClusterSnapshot resources, Map<NodeName, NodeReport> reports) {
        var known = resources.pods().stream().collect(toMap(Pod::name, pod -> pod, (first, _) -> first));
        var pods = new ArrayList<>(resources.pods());
        reports.forEach((node, report) -> report.pods().stream()
                .filter(pod -> !known.containsKey(name(pod)))
                .forEach(pod -> pods.add(pod(node, pod))));
        return pods;
    }

    private static ObjectName name(PodReport pod) {
        return new ObjectName(pod.namespace(), pod.name());
    }

    private static Pod pod(NodeName node, PodReport pod) {
        var addresses = pod.network().network().addresses();
        List<IpAddress> global = addresses == null
                ? List.of()
                : addresses.stream()
                        .filter(address -> address.scope().value() == 0)
                        .map(InterfaceAddress::local)
                        .toList();
        return new Pod(
                name(pod), pod.uid(), node, Map.of(), Map.of(), false, null, "Running", true, null, null, global,
                List.of(), Map.of(), List.of(), null);
    }
}
