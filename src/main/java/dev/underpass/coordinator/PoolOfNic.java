package dev.underpass.coordinator;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.cluster.ObjectName;
import dev.underpass.cluster.SpiderpoolResources.Allocation;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.PoolRoute;
import dev.underpass.coordinator.PodNetwork.Nic;
import dev.underpass.net.IpAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an edit of a SpiderIPPool changes for the NICs that have their addresses of it.
final class PoolOfNic {

    private PoolOfNic() {}

    /// Rewrites the NIC's routes as the pools of the edited cluster give them.
    static void apply(
            ClusterSnapshot now, ClusterSnapshot edited, ObjectName pod, Nic nic, List<FamilyLines> families) {
        for (var lines : families) {
            pools(now, pod, nic, lines.family()).forEach(name -> {
                var old = pool(now, name);
                var pool = pool(edited, name);
                if (old.isPresent() && !old.equals(pool)) {
                    apply(old.get(), pool.orElseThrow(() -> gone(name)), nic, lines);
                }
            });
        }
    }

    private static Unpredictable gone(String pool) {
        return new Unpredictable(Phrases.POOL_GONE.with(pool));
    }

    private static Stream<String> pools(ClusterSnapshot now, ObjectName pod, Nic nic, IpAddress.Family family) {
        return now.spiderpool().endpoints().stream()
                .filter(endpoint -> endpoint.pod().equals(pod))
                .flatMap(endpoint -> endpoint.allocations().stream())
                .filter(each -> each.device().equals(nic.device()))
                .flatMap(each -> Stream.ofNullable(pool(each, family)))
                .filter(name -> !name.isEmpty());
    }

    private static @Nullable String pool(Allocation allocation, IpAddress.Family family) {
        return family == IpAddress.Family.IPV4 ? allocation.ipv4Pool() : allocation.ipv6Pool();
    }

    private static Optional<IpPool> pool(ClusterSnapshot snapshot, String name) {
        return snapshot.spiderpool().ipPools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst();
    }

    private static void apply(IpPool old, IpPool pool, Nic nic, FamilyLines lines) {
        if (pool.disabled()) {
            throw new Unpredictable(Phrases.POOL_DISABLED.with(pool.name()));
        }
        if (!old.subnet().equals(pool.subnet()) || !Objects.equals(old.vlan(), pool.vlan())) {
            throw new Unpredictable(Phrases.POOL_MOVED.with(pool.name()));
        }
        if (!Objects.equals(old.gateway(), pool.gateway())) {
            lines.replaceDefault(nic.device(), pool.gateway());
        }
        old.routes().stream()
                .filter(route -> !pool.routes().contains(route))
                .map(PoolRoute::destination)
                .forEach(destination -> lines.remove(destination, nic.device()));
        pool.routes().stream()
                .filter(route -> !old.routes().contains(route))
                .forEach(route -> lines.addVia(route.destination(), route.gateway(), nic.device()));
    }
}
