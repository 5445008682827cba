package dev.underpass.diagnosis.edit;

import dev.underpass.net.IpAddress.Family;
import java.util.List;

/// The rules of a SpiderReservedIP.
final class ReservedIpRules {

    private static final String IPS = "spec.ips";

    private final Review review;

    private ReservedIpRules(Review review) {
        this.review = review;
    }

    static void check(Review review) {
        var rules = new ReservedIpRules(review);
        if (review.deletes()) {
            rules.deletion();
            return;
        }
        var items = RangeLists.read(review.problems(), review.spec().texts("ips"));
        if (review.spec().texts("ips").isEmpty()) {
            review.refuse(IPS, PoolPhrases.NOTHING_RESERVED.with());
        }
        rules.version(items);
        var reserved = Block.ranges(items);
        rules.others(reserved);
        rules.pools(reserved);
        rules.used(reserved);
    }

    /// All entries have the version that is given, or else that of the first.
    private void version(List<Block.Item> items) {
        var said = review.spec().whole("ipVersion");
        if (items.isEmpty()) {
            return;
        }
        var first = items.getFirst().range().family();
        if (said.isPresent() && said.get() == 5) {
            review.refuse("spec.ipVersion", PoolPhrases.VERSION_FIVE.with());
            return;
        }
        var family =
                said.map(version -> version == 4 ? Family.IPV4 : Family.IPV6).orElse(first);
        for (var item : items) {
            if (item.range().family() != family) {
                review.refuse(item.path(), PoolPhrases.MIXED_VERSIONS.with(item.range(), Prefixes.name(family)));
            }
        }
        stored().stream()
                .filter(stored -> review.updates() && !stored.ranges().isEmpty())
                .filter(stored -> stored.ranges().getFirst().family() != family)
                .forEach(stored -> review.refuse("spec.ipVersion", PoolPhrases.VERSION_FIXED.with()));
    }

    private List<AddressRanges> stored() {
        return review.now().spiderpool().reservedIps().stream()
                .filter(each -> each.name().equals(review.name().name()))
                .map(each -> AddressRanges.parse(each.ips()))
                .toList();
    }

    private void others(AddressRanges reserved) {
        review.knows(Known.RESERVED_IPS, IPS, PoolPhrases.IF_RESERVED.with());
        for (var other : review.now().spiderpool().reservedIps()) {
            var common = reserved.intersection(AddressRanges.parse(other.ips()));
            if (!other.name().equals(review.name().name()) && !common.isEmpty()) {
                review.warn(IPS, PoolPhrases.RESERVED_ALREADY.with(common, other.name()));
            }
        }
    }

    private void pools(AddressRanges reserved) {
        if (!review.knows(Known.POOLS, IPS, PoolPhrases.IF_POOL_EMPTIED.with())) {
            return;
        }
        for (var pool : review.now().spiderpool().ipPools()) {
            var total = Block.total(pool.ips(), pool.excludedIps());
            if (!total.isEmpty() && total.minus(reserved).isEmpty()) {
                review.warn(IPS, PoolPhrases.POOL_EMPTIED.with(pool.name()));
            }
        }
    }

    private void used(AddressRanges reserved) {
        if (!review.knows(Known.ENDPOINTS, IPS, PoolPhrases.IF_PODS_HAVE.with())) {
            return;
        }
        var given = Allocations.of(review.now()).in(reserved);
        if (!given.isEmpty()) {
            review.warn(IPS, PoolPhrases.RESERVES.with(Words.some(given)));
        }
    }

    private void deletion() {
        if (!review.knows(Known.POOLS, "", PoolPhrases.IF_POOLS_HAVE.with())) {
            return;
        }
        for (var pool : review.now().spiderpool().ipPools()) {
            for (var reserved : stored()) {
                var freed = reserved.intersection(Block.total(pool.ips(), pool.excludedIps()));
                if (!freed.isEmpty()) {
                    review.warn("", PoolPhrases.FREED.with(freed, pool.name()));
                }
            }
        }
    }
}
