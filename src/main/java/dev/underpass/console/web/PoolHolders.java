package dev.underpass.console.web;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.net.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The addresses that Pods have, by the pool that SpiderEndpoints name.
record PoolHolders(Map<String, Set<IpAddress>> byPool) {

    static PoolHolders of(ClusterSnapshot snapshot) {
        var holders = new PoolHolders(new HashMap<>());
        for (var endpoint : snapshot.spiderpool().endpoints()) {
            for (var nic : endpoint.allocations()) {
                holders.add(nic.ipv4Pool(), nic.ipv4());
                holders.add(nic.ipv6Pool(), nic.ipv6());
            }
        }
        return holders;
    }

    private void add(@Nullable String pool, @Nullable IpAddress address) {
        if (pool != null && address != null) {
            byPool.computeIfAbsent(pool, _ -> new HashSet<>()).add(address);
        }
    }

    Set<IpAddress> of(String pool) {
        return byPool.getOrDefault(pool, Set.of());
    }
}
