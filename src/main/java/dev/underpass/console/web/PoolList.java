package dev.underpass.console.web;

import dev.underpass.console.Filtered;
import dev.underpass.console.analysis.ClusterView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The list of pools.
///
/// @param whoUnknown why it is not known who may use the pools; absent when it is
record PoolList(Listing<PoolList.Entry> pools, @Nullable String whoUnknown) {

    /// A pool with what concerns other pools and the Pods.
    record Entry(PoolRow row, List<PoolWho> who, List<String> overlaps) {}

    /// Reads one page of the list.
    ///
    /// @param objects gives the restrictions on who may use each pool
    static PoolList of(ClusterView cluster, Question question, Objects objects) {
        var snapshot = cluster.analysis().snapshot();
        var list = Filtered.of(ListWords.POOLS, question.q(), PoolRow.all(cluster));
        var pools = ListColumns.POOLS
                .page(list, question.sort(), question.page())
                .map(row -> new Entry(row, objects.who(row.name()), PoolRow.overlaps(snapshot, row.pool())));
        return new PoolList(pools, objects.reason());
    }

    /// What is asked for.
    record Question(String q, String sort, int page) {}

    /// Who may use each pool.
    ///
    /// @param reason why that is not known; absent when it is
    record Objects(
            Map<String, List<PoolWho>> byPool, @Nullable String reason) {

        List<PoolWho> who(String pool) {
            return byPool.getOrDefault(pool, List.of());
        }
    }
}
