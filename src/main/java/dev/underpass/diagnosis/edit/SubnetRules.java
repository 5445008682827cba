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
            review.warn(IPS, "the SpiderSubnet has no addresses, so no pool can be cut from it");
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
                .ifPresent(each -> review.refuse(
                        SUBNET,
                        "%s instead of %s: the subnet of a SpiderSubnet cannot be changed; create another one"
                                .formatted(subnet, each.subnet())));
    }

    private void others(IpPrefix subnet) {
        review.knows(Known.SUBNETS, SUBNET, "whether another SpiderSubnet overlaps it");
        review.now().spiderpool().subnets().stream()
                .filter(each -> !each.name().equals(review.name().name()))
                .filter(each -> Prefixes.overlap(each.subnet(), subnet))
                .findFirst()
                .ifPresent(each -> review.refuseIfNew(
                        SUBNET,
                        "%s overlaps %s of SpiderSubnet %s: no two may have addresses in common"
                                .formatted(subnet, each.subnet(), each.name())));
    }

    /// A pool has the subnet of its SpiderSubnet, and none but addresses of it.
    private void pools(Block block, IpPrefix subnet) {
        if (!review.knows(Known.POOLS, IPS, "whether pools have addresses that are not among these")) {
            return;
        }
        for (var pool : review.now().spiderpool().ipPools()) {
            if (pool.subnet().equals(subnet)) {
                contains(block, pool);
            } else if (Prefixes.overlap(pool.subnet(), subnet)) {
                review.refuseIfNew(
                        SUBNET,
                        "%s overlaps %s of SpiderIPPool %s: a pool within it has the same subnet"
                                .formatted(subnet, pool.subnet(), pool.name()));
            }
        }
    }

    private void contains(Block block, IpPool pool) {
        var outside = Block.total(pool.ips(), pool.excludedIps()).minus(block.total());
        if (block.whole() && !outside.isEmpty()) {
            review.refuse(
                    IPS,
                    "lacks %s, which SpiderIPPool %s has: add it, or take it out of the pool first"
                            .formatted(outside, pool.name()));
        }
    }

    private void deletion() {
        if (!review.knows(Known.POOLS, "", "whether a pool is cut from it")) {
            return;
        }
        var pools = stored().stream()
                .flatMap(stored -> review.now().spiderpool().ipPools().stream()
                        .filter(pool -> pool.subnet().equals(stored.subnet())))
                .map(IpPool::name)
                .toList();
        if (!pools.isEmpty()) {
            review.refuse("", "SpiderIPPools are cut from it: %s; delete them first".formatted(Words.some(pools)));
        }
        stored().map(SpiderpoolResources.Subnet::subnet)
                .filter(_ -> pools.isEmpty())
                .map(subnet -> Allocations.of(review.now()).in(AddressRanges.of(AddressRange.of(subnet))))
                .filter(given -> !given.isEmpty())
                .ifPresent(given -> warnOf(given));
    }

    private void warnOf(List<Allocations.Given> given) {
        review.warn("", "Pods have addresses of its subnet: " + Words.some(given));
    }
}
