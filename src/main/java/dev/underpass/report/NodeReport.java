package dev.underpass.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /// The Pod with that key.
    Optional<PodReport> pod(String key) {
        return pods.stream().filter(pod -> pod.key().equals(key)).findFirst();
    }

    /// The same with other Pods.
    public NodeReport withPods(List<PodReport> others) {
        return new NodeReport(node, sequence, bootId, agentVersion, collectedAt, host, others, probes);
    }
}
