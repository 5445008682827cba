package dev.underpass.reachability;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.Protocol;
import dev.underpass.report.NodeReport;
import dev.underpass.report.ProbeResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What probes say today: the newest of each pair, as long as it is not much older than its node's report.
public final class ProbeEvidence {

    /// How much older than the report a probe may be; both times are by the node's clock.
    static final Duration LIFE = Duration.ofMinutes(5);

    private ProbeEvidence() {}

    record Pair(ObjectName from, IpAddress address, int port, Protocol protocol) {}

    /// The newest probe of each pair.
    public static List<ProbeResult> newest(ClusterSnapshot snapshot) {
        return List.copyOf(byPair(snapshot).values());
    }

    static Map<Pair, ProbeResult> byPair(ClusterSnapshot snapshot) {
        var newest = new LinkedHashMap<Pair, ProbeResult>();
        for (var report : snapshot.reports().values()) {
            for (var probe : report.probes()) {
                if (counts(report, probe)) {
                    newest.merge(pair(probe), probe, ProbeEvidence::later);
                }
            }
        }
        return newest;
    }

    private static Pair pair(ProbeResult probe) {
        return new Pair(from(probe), probe.address(), probe.port(), probe.protocol());
    }

    /// The Pod that a probe came from.
    public static ObjectName from(ProbeResult probe) {
        return new ObjectName(probe.podNamespace(), probe.podName());
    }

    static Pair pair(ObjectName from, Target to) {
        return new Pair(from, to.address(), to.port(), to.protocol());
    }

    /// A probe that does not say when it was made is as old as its report.
    private static boolean counts(NodeReport report, ProbeResult probe) {
        return probe.at() == null || !probe.at().isBefore(report.collectedAt().minus(LIFE));
    }

    private static ProbeResult later(ProbeResult one, ProbeResult other) {
        boolean older = one.at() != null && other.at() != null && other.at().isBefore(one.at());
        return older ? one : other;
    }
}
