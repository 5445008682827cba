package dev.underpass.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one node's agent read of its host and Pods at one time.
///
/// @param sequence grows by one with each report of one agent start
/// @param bootId names the agent's start
public record NodeReport(
        String node,
        long sequence,
        String bootId,
        String agentVersion,
        Instant collectedAt,
        HostReport host,
        List<PodReport> pods,
        List<ProbeResult> probes) {

    public NodeReport {
        pods = List.copyOf(pods);
        probes = List.copyOf(probes);
    }

    /// The Pods by their keys.
    Map<String, PodReport> podsByKey() {
        var byKey = new HashMap<String, PodReport>();
        pods.forEach(pod -> byKey.putIfAbsent(pod.key(), pod));
        return byKey;
    }

    /// The same of another host.
    public NodeReport withHost(HostReport other) {
        return new NodeReport(node, sequence, bootId, agentVersion, collectedAt, other, pods, probes);
    }

    /// The same without what came of probes.
    public NodeReport withoutProbes() {
        return new NodeReport(node, sequence, bootId, agentVersion, collectedAt, host, pods, List.of());
    }

    /// The same with other Pods.
    public NodeReport withPods(List<PodReport> others) {
        return new NodeReport(node, sequence, bootId, agentVersion, collectedAt, host, others, probes);
    }
}
