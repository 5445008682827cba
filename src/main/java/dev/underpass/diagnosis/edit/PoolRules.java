package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources;
import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.words.Sentence;
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
            var family = subnet.network().family() == stored.subnet().network().family()
                    ? Sentence.NONE
                    : PoolPhrases.OTHER_IP_VERSION.with();
            review.refuse(SUBNET, PoolPhrases.POOL_SUBNET_FIXED.with(subnet, stored.subnet(), family));
        }
    }

    private void empty(Block block) {
        if (block.whole() && block.total().isEmpty()) {
            review.warn(IPS, (block.ips().isEmpty() ? PoolPhrases.POOL_EMPTY : PoolPhrases.ALL_EXCLUDED).with());
        }
    }

    private List<IpPool> others() {
        return review.now().spiderpool().ipPools().stream()
                .filter(each -> !each.name().equals(review.name().name()))
                .toList();
    }

    private void otherPools(Block block) {
        var subnet = block.subnet();
        if (subnet == null || !review.knows(Known.POOLS, IPS, PoolPhrases.IF_OTHER_POOL_HAS.with())) {
            return;
        }
        for (var other : others()) {
            if (!other.subnet().equals(subnet) && Prefixes.overlap(other.subnet(), subnet)) {
                review.refuseIfNew(SUBNET, PoolPhrases.OVERLAPS_POOL.with(subnet, other.subnet(), other.name()));
            }
            var common = block.total().intersection(Block.total(other.ips(), other.excludedIps()));
            if (!common.isEmpty()) {
                review.refuse(IPS, PoolPhrases.SHARED.with(common, other.name()));
            }
        }
    }

    /// Where SpiderSubnets are used, each pool is cut from the one with the same subnet.
    private void subnets(Block block) {
        var subnet = block.subnet();
        if (subnet == null
                || !review.knows(Known.SUBNETS, SUBNET, PoolPhrases.IF_SUBNET_CONTAINS.with())
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
                review.refuseIfNew(SUBNET, PoolPhrases.OVERLAPS_SUBNET.with(subnet, other.subnet(), other.name()));
                return;
            }
        }
        review.warn(SUBNET, PoolPhrases.NO_SPIDER_SUBNET.with(subnet));
    }

    private Optional<SpiderpoolResources.Subnet> controller(Block block) {
        return review.now().spiderpool().subnets().stream()
                .filter(each -> each.subnet().equals(block.subnet()))
                .findFirst();
    }

    private void contained(Block block, SpiderpoolResources.Subnet controller) {
        var outside = block.total().minus(Block.total(controller.ips(), controller.excludedIps()));
        if (!outside.isEmpty()) {
            review.refuse(IPS, PoolPhrases.NOT_OF_SUBNET.with(outside, controller.name()));
        }
    }
}
