package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.diagnosis.edit.Allocations.Given;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rules that keep Pods' addresses in the pool that they are from.
final class PoolUseRules {

    private static final String IPS = "spec.ips";

    private PoolUseRules() {}

    static void change(Review review, Block block, @Nullable IpPool stored) {
        var name = review.name().name();
        if (!review.knows(Known.ENDPOINTS, IPS, PoolPhrases.IF_TAKEN_AWAY.with())) {
            return;
        }
        var given = Allocations.of(review.now()).from(name);
        var lost = given.stream()
                .filter(each -> !block.total().contains(each.address()))
                .toList();
        if (block.whole()) {
            var excluded = Block.ranges(block.excluded());
            takenAway(review, "spec.excludeIPs", lost, each -> excluded.contains(each.address()));
            takenAway(review, IPS, lost, each -> !excluded.contains(each.address()));
        }
        unknown(review, given, stored);
        boolean disables = review.spec().flag("disable", false) && (stored == null || !stored.disabled());
        if (disables && !given.isEmpty()) {
            review.warn("spec.disable", PoolPhrases.KEPT.with(given.size()));
        }
    }

    private static void takenAway(Review review, String field, List<Given> lost, Predicate<Given> by) {
        var taken = lost.stream().filter(by).toList();
        if (!taken.isEmpty()) {
            review.refuse(field, PoolPhrases.TAKES_AWAY.with(Words.some(taken)));
        }
    }

    private static void unknown(Review review, List<Given> given, @Nullable IpPool stored) {
        if (stored != null && stored.allocatedIpCount() > given.size()) {
            review.warn(IPS, PoolPhrases.UNSEEN.with(stored.allocatedIpCount(), given.size()));
        }
    }

    static void deletion(Review review, @Nullable IpPool stored) {
        var name = review.name().name();
        var given = Allocations.of(review.now()).from(name);
        boolean known = review.knows(Known.ENDPOINTS, "", PoolPhrases.IF_POOL_USED.with());
        if (!given.isEmpty()) {
            review.refuse("", PoolPhrases.POOL_USED.with(Words.some(given)));
        } else if (stored != null && stored.allocatedIpCount() > 0) {
            review.refuse(
                    "",
                    PoolPhrases.ALLOCATED.with(
                            stored.allocatedIpCount(), known ? PoolPhrases.NOT_SHOWN.with() : Sentence.NONE));
        }
        var users = users(review, name);
        if (!users.isEmpty()) {
            review.warn("", PoolPhrases.NAMED.with(Words.some(users)));
        }
    }

    private static List<String> users(Review review, String pool) {
        if (!review.knows(Known.ATTACHMENTS, "", PoolPhrases.IF_NAMED.with())) {
            return List.of();
        }
        return review.now().spiderpool().networkAttachments().stream()
                .filter(each -> each.config().contains("\"" + pool + "\""))
                .map(NetworkAttachment::name)
                .map(String::valueOf)
                .toList();
    }
}
