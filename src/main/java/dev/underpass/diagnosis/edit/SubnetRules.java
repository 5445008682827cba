package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// The rules of a SpiderSubnet.
final class SubnetRules {

    private static final String IPS = "spec.ips";
    private static final String SUBNET = "spec.subnet";

    private final Review review;

    private SubnetRules(Review review) {
        this.review = review;
    }

    static void check(Review review) {
        var rules = new SubnetRules(review);
        if (review.deletes()) {
            rules.deletion();
            return;
        }
        var block = BlockRules.check(review);
        var taken = TakenRanges.of(review.now());
        var subnet = block.subnet();
        if (subnet != null) {
            rules.immutable(subnet);
            rules.others(subnet);
            rules.pools(block, subnet);
        }
        if (block.whole() && block.total().isEmpty()) {
            review.warn(IPS, PoolPhrases.SUBNET_EMPTY.with());
        }
        ClaimRules.check(review, block, taken);
        RouteRules.check(review, block, taken);
    }

    private Optional<SpiderpoolResources.Subnet> stored() {
        return review.now().spiderpool().subnets().stream()
                .filter(each -> each.name().equals(review.name().name()))
                .findFirst();
    }

    private void immutable(IpPrefix subnet) {
        stored().filter(each -> review.updates() && !each.subnet().equals(subnet))
                .ifPresent(each -> review.refuse(SUBNET, PoolPhrases.SUBNET_FIXED.with(subnet, each.subnet())));
    }

    private void others(IpPrefix subnet) {
        review.knows(Known.SUBNETS, SUBNET, PoolPhrases.IF_OTHER_SUBNET.with());
        review.now().spiderpool().subnets().stream()
                .filter(each -> !each.name().equals(review.name().name()))
                .filter(each -> Prefixes.overlap(each.subnet(), subnet))
                .findFirst()
                .ifPresent(each -> review.refuseIfNew(
                        SUBNET, PoolPhrases.SUBNETS_OVERLAP.with(subnet, each.subnet(), each.name())));
    }

    /// A pool has the subnet of its SpiderSubnet, and none but addresses of it.
    private void pools(Block block, IpPrefix subnet) {
        if (!review.knows(Known.POOLS, IPS, PoolPhrases.IF_POOLS_OUTSIDE.with())) {
            return;
        }
        for (var pool : review.now().spiderpool().ipPools()) {
            if (pool.subnet().equals(subnet)) {
                contains(block, pool);
            } else if (Prefixes.overlap(pool.subnet(), subnet)) {
                review.refuseIfNew(SUBNET, PoolPhrases.SUBNET_OVERLAPS_POOL.with(subnet, pool.subnet(), pool.name()));
            }
        }
    }

    private void contains(Block block, IpPool pool) {
        var outside = Block.total(pool.ips(), pool.excludedIps()).minus(block.total());
        if (block.whole() && !outside.isEmpty()) {
            review.refuse(IPS, PoolPhrases.LACKS.with(outside, pool.name()));
        }
    }

    private void deletion() {
        if (!review.knows(Known.POOLS, "", PoolPhrases.IF_POOL_CUT.with())) {
            return;
        }
        var pools = stored().stream()
                .flatMap(stored -> review.now().spiderpool().ipPools().stream()
                        .filter(pool -> pool.subnet().equals(stored.subnet())))
                .map(IpPool::name)
                .toList();
        if (!pools.isEmpty()) {
            review.refuse("", PoolPhrases.POOLS_CUT.with(Words.some(pools)));
        }
        stored().map(SpiderpoolResources.Subnet::subnet)
                .filter(_ -> pools.isEmpty())
                .map(subnet -> Allocations.of(review.now()).in(AddressRanges.of(AddressRange.of(subnet))))
                .filter(given -> !given.isEmpty())
                .ifPresent(given -> warnOf(given));
    }

    private void warnOf(List<Allocations.Given> given) {
        review.warn("", PoolPhrases.SUBNET_USED.with(Words.some(given)));
    }
}
