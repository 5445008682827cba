package dev.underpass.console.web;

import dev.underpass.console.analysis.ClusterView;
import dev.underpass.console.analysis.Freshness.State;
import dev.underpass.diagnosis.Code;
import dev.underpass.reachability.Disposition.Fold;
import java.util.Comparator;
import java.util.List;

/// What the first page says beside its findings.
///
/// @param pools those that are fullest
/// @param fresh of how many Pods a fresh report is there
/// @param recorded of how many there is one of a bundle
/// @param unknown how many Pods are not known well enough to say that they reach every Service, or do not
record OverviewState(
        List<PoolRow> pools,
        int allPools,
        long fresh,
        long recorded,
        int allPods,
        long unknown,
        List<Restart> restarts) {

    private static final int POOLS = 5;

    /// Pods that a restart mends, because settings changed after they were made.
    record Restart(Code code, int pods, int workloads) {}

    static OverviewState of(ClusterView cluster) {
        var pools = PoolRow.all(cluster);
        return new OverviewState(
                pools.stream()
                        .sorted(Comparator.comparing(PoolRow::pressure)
                                .reversed()
                                .thenComparing(PoolRow::name))
                        .limit(POOLS)
                        .toList(),
                pools.size(),
                cluster.pods(State.FRESH),
                cluster.pods(State.RECORDED),
                cluster.pods().size(),
                cluster.pods(Fold.UNDETERMINED),
                restarts(cluster));
    }

    private static List<Restart> restarts(ClusterView cluster) {
        return StalePods.CHANGED.stream()
                .sorted()
                .map(Code::valueOf)
                .map(code -> restart(cluster, code))
                .filter(restart -> restart.pods() > 0)
                .toList();
    }

    private static Restart restart(ClusterView cluster, Code code) {
        var pods = StalePods.affected(cluster, code);
        return new Restart(
                code,
                pods.size(),
                pods.isEmpty() ? 0 : StalePods.workloads(cluster, pods).size());
    }
}
