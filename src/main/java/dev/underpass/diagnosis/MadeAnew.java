package dev.underpass.diagnosis;

import dev.underpass.cluster.NodeName;
import dev.underpass.coordinator.Recreation.Outcome;
import dev.underpass.diagnosis.RecreatedPod.LineChange;
import dev.underpass.diagnosis.RecreatedPod.LineChange.Where;
import dev.underpass.net.IpAddress;
import dev.underpass.report.NamespaceReport;
import dev.underpass.report.NodeReport;
import dev.underpass.report.PodReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What agents would report once Pods were made anew, one after the other.
final class MadeAnew {

    private final Map<NodeName, NodeReport> reports;
    private final Map<NodeName, NamespaceReport> hosts = new HashMap<>();
    private final Map<String, NamespaceReport> namespaces = new HashMap<>();

    MadeAnew(Map<NodeName, NodeReport> reports) {
        this.reports = reports;
        reports.forEach((node, report) -> hosts.put(node, report.host().namespace()));
    }

    /// Makes the Pod anew.
    ///
    /// @return what is different on its node
    List<LineChange> put(PodAnalysis pod, PodReport report, Outcome.Made made) {
        namespaces.put(report.key(), made.pod());
        var node = pod.network().node();
        var host = hosts.getOrDefault(node, NamespaceReport.NOT_OBSERVED);
        var own = pod.network().nics().stream()
                .flatMap(nic -> nic.addresses().stream())
                .collect(Collectors.<IpAddress>toSet());
        var after = made.node().applied(host, own);
        hosts.put(node, after);
        return LineChanges.between(host, after, Where.NODE);
    }

    /// @param proxy what kube-proxy writes differently, if it is started again
    Map<NodeName, NodeReport> reports(Optional<ProxyEdit> proxy) {
        return reports.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> report(entry.getKey(), entry.getValue(), proxy)));
    }

    private NodeReport report(NodeName node, NodeReport report, Optional<ProxyEdit> proxy) {
        var host = report.host().with(hosts.getOrDefault(node, report.host().namespace()));
        return report.withHost(proxy.map(edit -> edit.applied(host)).orElse(host))
                .withPods(report.pods().stream().map(this::after).toList())
                .withoutProbes();
    }

    private PodReport after(PodReport pod) {
        var network = namespaces.getOrDefault(pod.key(), pod.network());
        return new PodReport(pod.namespace(), pod.name(), pod.uid(), pod.netns(), pod.error(), network);
    }
}
