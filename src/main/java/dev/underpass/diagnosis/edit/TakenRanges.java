package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.ClusterSnapshot;
import dev.underpass.coordinator.CidrDiscovery;
import dev.underpass.net.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ranges of Services and of the overlay's Pods, which the coordinator steers to the node.
///
/// @param all one for each prefix
record TakenRanges(List<Taken> all) {

    /// What a range is for.
    enum Use {
        SERVICES("Service CIDR"),
        PODS("Pod CIDR"),
        /// What kubeadm calls the Pods' range, which may be the underlay's own where there is no overlay.
        CLUSTER("cluster CIDR");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// A range and the line that tells it.
    record Taken(IpPrefix prefix, Use use, String source) {

        @Override
        public String toString() {
            return "%s %s (%s)".formatted(use, prefix, source);
        }
    }

    TakenRanges {
        all = List.copyOf(all);
    }

    static TakenRanges of(ClusterSnapshot now) {
        var found = new LinkedHashMap<IpPrefix, Taken>();
        now.spiderpool().coordinators().stream().limit(1).forEach(coordinator -> {
            var source = "SpiderCoordinator %s status".formatted(coordinator.name());
            put(found, Use.SERVICES, coordinator.serviceCidrs(), source);
            put(found, Use.PODS, coordinator.overlayPodCidrs(), source);
        });
        now.cni()
                .calicoPools()
                .forEach(pool -> put(found, Use.PODS, List.of(pool.cidr()), "Calico IPPool " + pool.name()));
        now.cni().ciliumPools().forEach(pool -> put(found, Use.PODS, pool.cidrs(), "CiliumPodIPPool " + pool.name()));
        var automatic = CidrDiscovery.of(now, "auto");
        put(found, Use.SERVICES, automatic.services());
        put(found, Use.PODS, automatic.overlayPods());
        put(found, Use.CLUSTER, CidrDiscovery.of(now, "cluster").overlayPods());
        return new TakenRanges(new ArrayList<>(found.values()));
    }

    private static void put(Map<IpPrefix, Taken> found, Use use, @Nullable List<IpPrefix> prefixes, String source) {
        if (prefixes != null) {
            prefixes.forEach(prefix -> found.putIfAbsent(prefix, new Taken(prefix, use, source)));
        }
    }

    private static void put(Map<IpPrefix, Taken> found, Use use, List<CidrDiscovery.Range> ranges) {
        ranges.forEach(range -> found.putIfAbsent(range.prefix(), new Taken(range.prefix(), use, range.source())));
    }

    /// Those that have addresses in common with a prefix.
    List<Taken> overlapping(IpPrefix prefix) {
        return all.stream()
                .filter(each -> Prefixes.overlap(each.prefix(), prefix))
                .toList();
    }
}
