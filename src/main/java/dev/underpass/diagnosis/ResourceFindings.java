package dev.underpass.diagnosis;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.NodeName;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.Service;
import dev.underpass.coordinator.PodNetwork;
import dev.underpass.diagnosis.Findings.Plain;
import dev.underpass.net.IpAddress;
import dev.underpass.report.NodeReport;
import dev.underpass.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Findings that resources and reports show without following any packet.
final class ResourceFindings {

    private final Analysis analysis;
    private final ClusterSnapshot snapshot;
    private final List<Plain> found = new ArrayList<>();

    private ResourceFindings(Analysis analysis) {
        this.analysis = analysis;
        this.snapshot = analysis.snapshot();
    }

    static List<Plain> of(Analysis analysis) {
        var findings = new ResourceFindings(analysis);
        findings.coordinators();
        findings.modes();
        findings.duplicateAddresses();
        findings.pools();
        CidrFindings.of(analysis).ifPresent(findings.found::add);
        snapshotReports(analysis).forEach(findings::node);
        findings.unreported();
        return findings.found;
    }

    private static Map<NodeName, NodeReport> snapshotReports(Analysis analysis) {
        return analysis.snapshot().reports();
    }

    private void coordinators() {
        for (var coordinator : snapshot.spiderpool().coordinators()) {
            var phase = coordinator.phase();
            if (phase != null && !phase.equals("Synced")) {
                var line = Sentence.line("SpiderCoordinator %s status.phase: %s, reason: %s"
                        .formatted(coordinator.name(), phase, coordinator.reason()));
                found.add(new Plain(Code.U02, List.of(line), List.of(), List.of(), List.of()));
            }
            var services = services();
            if (coordinator.serviceCidrs() == null && !services.isEmpty()) {
                var line = Phrases.NO_SERVICE_CIDR.with(coordinator.name());
                found.add(new Plain(Code.U03, List.of(line), List.of(), services, List.of()));
            }
        }
    }

    private List<ObjectName> services() {
        return snapshot.services().stream()
                .filter(service -> !service.clusterIps().isEmpty())
                .map(Service::name)
                .toList();
    }

    /// A mode that was set by hand must fit the NICs that the Pod has.
    private void modes() {
        for (var pod : analysis.pods()) {
            var mode = pod.settings().mode();
            boolean wrong = (mode.value().equals("overlay") && pod.network().isUnderlay())
                    || (mode.value().equals("underlay") && pod.network().mode() == PodNetwork.Mode.OVERLAY_MULTI_NIC);
            if (wrong) {
                var line = Phrases.MODE_UNFIT.with(
                        mode.value(), mode.source(), pod.network().reason());
                found.add(new Plain(Code.U16, List.of(line), List.of(pod.pod().name()), List.of(), List.of()));
            }
        }
    }

    private void duplicateAddresses() {
        var owners = new TreeMap<String, List<ObjectName>>();
        for (var pod : analysis.pods()) {
            pod.network().nics().stream()
                    .flatMap(nic -> nic.addresses().stream())
                    .map(IpAddress::toString)
                    .distinct()
                    .forEach(address -> owners.computeIfAbsent(address, _ -> new ArrayList<>())
                            .add(pod.pod().name()));
        }
        owners.forEach((address, pods) -> {
            if (pods.size() > 1) {
                found.add(new Plain(
                        Code.U36, List.of(Phrases.DUPLICATE.with(address, pods)), pods, List.of(), List.of()));
            }
        });
    }

    private void pools() {
        for (var pool : snapshot.spiderpool().ipPools()) {
            if (pool.totalIpCount() > 0 && pool.allocatedIpCount() >= pool.totalIpCount()) {
                var line = Phrases.POOL_FULL.with(pool.name(), pool.allocatedIpCount(), pool.totalIpCount());
                found.add(new Plain(Code.U38, List.of(line), List.of(), List.of(), List.of()));
            }
        }
    }

    private void node(NodeName name, NodeReport report) {
        var sysctls = report.host().namespace().network().sysctls();
        if (sysctls != null && "0".equals(sysctls.get("net.ipv4.ip_forward"))) {
            found.add(new Plain(
                    Code.U51, List.of(Sentence.line("net.ipv4.ip_forward = 0")), List.of(), List.of(), List.of(name)));
        }
        var host = report.host().namespace();
        boolean both = hasServiceRules(host.filters().iptables())
                && hasServiceRules(host.filters().iptablesLegacy());
        if (both) {
            var line = Phrases.BOTH_IPTABLES.with();
            found.add(new Plain(Code.U57, List.of(line), List.of(), List.of(), List.of(name)));
        }
    }

    private static boolean hasServiceRules(@Nullable String rules) {
        return rules != null && rules.contains("-A KUBE-SERVICES");
    }

    private void unreported() {
        for (var node : snapshot.nodes()) {
            if (!snapshot.reports().containsKey(node.name())) {
                var line = Phrases.NO_NODE_REPORT.with(node.name());
                found.add(new Plain(Code.U93, List.of(line), List.of(), List.of(), List.of(node.name())));
            }
        }
        for (var report : snapshot.reports().values()) {
            for (var pod : report.pods()) {
                if (pod.error() != null) {
                    var name = new ObjectName(pod.namespace(), pod.name());
                    found.add(new Plain(
                            Code.U93,
                            List.of(Sentence.line(name + ": " + pod.error())),
                            List.of(name),
                            List.of(),
                            List.of()));
                }
            }
        }
    }
}
