package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.diagnosis.edit.TakenRanges.Taken;
import dev.underpass.net.IpPrefix;

/// The rules that a block keeps towards addresses that others have: nodes, Services, the overlay, reservations,
/// routers.
final class ClaimRules {

    private static final String IPS = "spec.ips";
    private static final String SUBNET = "spec.subnet";

    private final Review review;
    private final Block block;
    private final IpPrefix subnet;

    private ClaimRules(Review review, Block block, IpPrefix subnet) {
        this.review = review;
        this.block = block;
        this.subnet = subnet;
    }

    static void check(Review review, Block block, TakenRanges taken) {
        var subnet = block.subnet();
        if (subnet != null) {
            var rules = new ClaimRules(review, block, subnet);
            rules.nodes();
            rules.ranges(taken);
            rules.reservations();
            rules.routers();
        }
    }

    private void nodes() {
        var hosts = Hosts.of(review.now());
        var clashes = hosts.addresses().entrySet().stream()
                .filter(entry -> block.total().contains(entry.getKey()))
                .map(entry -> Phrases.OF_NODE.with(entry.getKey(), entry.getValue()))
                .toList();
        if (!clashes.isEmpty()) {
            review.refuse(IPS, PoolPhrases.HAS_OF_NODES.with(Words.some(clashes)));
        }
        review.knows(Known.NODES, IPS, PoolPhrases.IF_NODE_HAS.with());
        if (!hosts.unreported().isEmpty()) {
            review.warn(IPS, PoolPhrases.COMPARED_WITH_MAIN.with(Words.some(hosts.unreported())));
        }
    }

    private void ranges(TakenRanges taken) {
        review.knows(Known.COORDINATORS, SUBNET, PoolPhrases.IF_OVERLAPS_FOUND.with());
        review.knows(Known.SERVICE_CIDRS, SUBNET, PoolPhrases.IF_OVERLAPS_SERVICE_CIDR.with());
        review.knows(Known.CALICO_POOLS, SUBNET, PoolPhrases.IF_OVERLAPS_CALICO.with());
        taken.overlapping(subnet).forEach(this::range);
    }

    private void range(Taken range) {
        var common = block.total().intersection(AddressRanges.of(AddressRange.of(range.prefix())));
        if (range.use() == TakenRanges.Use.CLUSTER) {
            review.warn(SUBNET, PoolPhrases.OVERLAPS_CLUSTER.with(subnet, range));
        } else if (range.prefix().contains(subnet)) {
            review.refuseIfNew(SUBNET, PoolPhrases.WITHIN_TAKEN.with(subnet, range));
        } else if (!common.isEmpty()) {
            review.refuse(IPS, PoolPhrases.HAS_OF_TAKEN.with(common, range));
        } else {
            review.warn(SUBNET, PoolPhrases.CONTAINS_TAKEN.with(subnet, range));
        }
    }

    private void reservations() {
        if (review.kind() != ObjectKind.POOL
                || !review.knows(Known.RESERVED_IPS, IPS, PoolPhrases.IF_RESERVED_HAS.with())) {
            return;
        }
        for (var reserved : review.now().spiderpool().reservedIps()) {
            var common = block.total().intersection(AddressRanges.parse(reserved.ips()));
            if (!common.isEmpty()) {
                review.warn(IPS, PoolPhrases.RESERVED_BY.with(common, reserved.name()));
            }
        }
    }

    /// The gateways that other pools of the same subnet name.
    private void routers() {
        for (var pool : review.now().spiderpool().ipPools()) {
            if (isOther(pool) && pool.gateway() != null && block.total().contains(pool.gateway())) {
                review.refuse(IPS, PoolPhrases.HAS_GATEWAY_OF_POOL.with(pool.gateway(), pool.name()));
                return;
            }
        }
        review.now().spiderpool().subnets().stream()
                .map(SpiderpoolResources.Subnet::gateway)
                .filter(gateway -> gateway != null && !gateway.equals(block.gateway()))
                .filter(gateway -> gateway != null && block.total().contains(gateway))
                .findFirst()
                .ifPresent(gateway -> review.refuse(IPS, PoolPhrases.HAS_GATEWAY_OF_SUBNET.with(gateway)));
    }

    private boolean isOther(IpPool pool) {
        var gateway = block.gateway();
        return !(review.kind() == ObjectKind.POOL
                        && pool.name().equals(review.name().name()))
                && (gateway == null || !gateway.equals(pool.gateway()));
    }
}
