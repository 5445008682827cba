package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what was reported of a node or a Pod.
public final class NodeReportOf {

    private NodeReportOf() {}

    static NamespaceReport host(ClusterSnapshot snapshot, NodeName node) {
        return Optional.ofNullable(snapshot.reports().get(node))
                .map(report -> report.host().namespace())
                .orElse(NamespaceReport.NOT_OBSERVED);
    }

    /// What the Pod's node reports of it; empty where there is no node, or no such report.
    public static Optional<PodReport> pod(ClusterSnapshot snapshot, @Nullable NodeName node, ObjectName name) {
        return Optional.ofNullable(node).map(snapshot.reports()::get).map(NodeReport::pods).orElse(List.of()).stream()
                .filter(pod -> pod.name().equals(name.name()) && pod.namespace().equals(name.namespace()))
                .findFirst();
    }
}
