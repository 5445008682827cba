package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.List;
import java.util.Optional;

/// Finds what was reported of a node or a Pod.
final class NodeReportOf {

    private NodeReportOf() {}

    static NamespaceReport host(ClusterSnapshot snapshot, NodeName node) {
        return Optional.ofNullable(snapshot.reports().get(node))
                .map(report -> report.host().namespace())
                .orElse(NamespaceReport.NOT_OBSERVED);
    }

    static Optional<PodReport> pod(ClusterSnapshot snapshot, NodeName node, ObjectName name) {
        return Optional.ofNullable(snapshot.reports().get(node)).map(NodeReport::pods).orElse(List.of()).stream()
                .filter(pod -> pod.name().equals(name.name()) && pod.namespace().equals(name.namespace()))
                .findFirst();
    }
}
