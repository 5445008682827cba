package dev.underpass.report;

import java.time.Instant;
import java.util.List;

/// What one node's agent read of its host and Pods at one time.
///
/// @param sequence grows by one with each report of one agent start
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
}
