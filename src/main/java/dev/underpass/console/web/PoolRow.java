package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.console.analysis.ClusterView;
import dev.underpass.diagnosis.edit.AddressRanges;
import dev.underpass.diagnosis.edit.PoolCounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;

/// A SpiderIPPool in numbers.
record PoolRow(IpPool pool, PoolCounts counts) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// All pools.
    static List<PoolRow> all(ClusterView cluster) {
        var counts = cluster.poolCounts();
        return cluster.analysis().snapshot().spiderpool().ipPools().stream()
                .map(pool -> new PoolRow(pool, Objects.requireNonNull(counts.get(pool.name()))))
                .toList();
    }

    /// One pool as it is stored, which may be newer than what is known of it.
    static PoolRow of(ClusterView cluster, IpPool pool) {
        var snapshot = cluster.analysis().snapshot();
        boolean known = snapshot.spiderpool().ipPools().contains(pool);
        return new PoolRow(
                pool,
                known ? Objects.requireNonNull(cluster.poolCounts().get(pool.name())) : PoolCounts.of(snapshot, pool));
    }

    public String name() {
        return pool.name();
    }

    /// The part of the addresses that is allocated, in hundredths with one decimal; 100 where there are none at all.
    public BigDecimal pressure() {
        return share(counts.allocated());
    }

    public BigDecimal share(BigInteger part) {
        if (empty()) {
            return HUNDRED.setScale(1, RoundingMode.UNNECESSARY);
        }
        return new BigDecimal(part)
                .multiply(HUNDRED)
                .divide(new BigDecimal(counts.total()), 1, RoundingMode.FLOOR)
                .min(HUNDRED);
    }

    public boolean empty() {
        return counts.total().signum() == 0;
    }

    /// Whether Spiderpool counts more than SpiderEndpoints show: these addresses are in use, or leaked.
    public boolean more() {
        return counts.allocated().compareTo(counts.endpoints()) > 0;
    }

    /// The pools that have addresses in common with this one.
    public static List<String> overlaps(ClusterSnapshot snapshot, IpPool pool) {
        var own = AddressRanges.parse(pool.ips());
        return snapshot.spiderpool().ipPools().stream()
                .filter(each -> !each.name().equals(pool.name()))
                .filter(each ->
                        !own.intersection(AddressRanges.parse(each.ips())).isEmpty())
                .map(IpPool::name)
                .sorted()
                .toList();
    }
}
