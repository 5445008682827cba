package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of a SpiderIPPool.
final class PoolRules {

    private static final String IPS = "spec.ips";
    private static final String SUBNET = "spec.subnet";

    private final Review review;

    private PoolRules(Review review) {
        this.review = review;
    }

    static void check(Review review) {
        var rules = new PoolRules(review);
        if (review.deletes()) {
            PoolUseRules.deletion(review, rules.stored());
            return;
        }
        var block = BlockRules.check(review);
        var taken = TakenRanges.of(review.now());
        rules.immutable(block);
        rules.empty(block);
        rules.otherPools(block);
        rules.subnets(block);
        ClaimRules.check(review, block, taken);
        RouteRules.check(review, block, taken);
        AffinityRules.check(review);
        if (review.updates()) {
            PoolUseRules.change(review, block, rules.stored());
        }
    }

    private @Nullable IpPool stored() {
        return review.now().spiderpool().ipPools().stream()
                .filter(each -> each.name().equals(review.name().name()))
                .findFirst()
                .orElse(null);
    }

    private void immutable(Block block) {
        var stored = stored();
        var subnet = block.subnet();
        if (review.updates() && stored != null && subnet != null && !subnet.equals(stored.subnet())) {
            var family =
                    subnet.network().family() == stored.subnet().network().family() ? "" : " of another IP version";
            review.refuse(
                    SUBNET,
                    "%s instead of %s%s: the subnet of a pool cannot be changed; create another pool"
                            .formatted(subnet, stored.subnet(), family));
        }
    }

    private void empty(Block block) {
        if (block.whole() && block.total().isEmpty()) {
            review.warn(
                    IPS,
                    block.ips().isEmpty()
                            ? "the pool has no addresses, so Pods that use it do not start: give ranges such as"
                                    + " 192.0.2.10-192.0.2.20"
                            : "all addresses are excluded, so Pods that use the pool do not start");
        }
    }

    private List<IpPool> others() {
        return review.now().spiderpool().ipPools().stream()
                .filter(each -> !each.name().equals(review.name().name()))
                .toList();
    }

    private void otherPools(Block block) {
        var subnet = block.subnet();
        if (subnet == null || !review.knows(Known.POOLS, IPS, "whether another pool has these addresses")) {
            return;
        }
        for (var other : others()) {
            if (!other.subnet().equals(subnet) && Prefixes.overlap(other.subnet(), subnet)) {
                review.refuseIfNew(
                        SUBNET,
                        "%s overlaps %s of SpiderIPPool %s: pools have the same subnet, or none in common"
                                .formatted(subnet, other.subnet(), other.name()));
            }
            var common = block.total().intersection(Block.total(other.ips(), other.excludedIps()));
            if (!common.isEmpty()) {
                review.refuse(
                        IPS,
                        "has %s of SpiderIPPool %s: two Pods would get one address; leave it out of one of the pools"
                                .formatted(common, other.name()));
            }
        }
    }

    /// Where SpiderSubnets are used, each pool is cut from the one with the same subnet.
    private void subnets(Block block) {
        var subnet = block.subnet();
        if (subnet == null
                || !review.knows(Known.SUBNETS, SUBNET, "whether a SpiderSubnet contains the pool")
                || review.now().spiderpool().subnets().isEmpty()) {
            return;
        }
        var controller = controller(block);
        if (controller.isPresent()) {
            contained(block, controller.get());
            return;
        }
        for (var other : review.now().spiderpool().subnets()) {
            if (Prefixes.overlap(other.subnet(), subnet)) {
                review.refuseIfNew(
                        SUBNET,
                        "%s overlaps %s of SpiderSubnet %s: a pool within it has the same subnet"
                                .formatted(subnet, other.subnet(), other.name()));
                return;
            }
        }
        review.warn(
                SUBNET,
                "no SpiderSubnet has the subnet %s: if the feature SpiderSubnet is on, create one first"
                        .formatted(subnet));
    }

    private Optional<SpiderpoolResources.Subnet> controller(Block block) {
        return review.now().spiderpool().subnets().stream()
                .filter(each -> each.subnet().equals(block.subnet()))
                .findFirst();
    }

    private void contained(Block block, SpiderpoolResources.Subnet controller) {
        var outside = block.total().minus(Block.total(controller.ips(), controller.excludedIps()));
        if (!outside.isEmpty()) {
            review.refuse(
                    IPS,
                    "has %s, which SpiderSubnet %s has not: add it there first".formatted(outside, controller.name()));
        }
    }
}
