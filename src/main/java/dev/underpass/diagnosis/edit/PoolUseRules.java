package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.cluster.SpiderpoolResources.NetworkAttachment;
import dev.underpass.diagnosis.edit.Allocations.Given;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that keep Pods' addresses in the pool that they are from.
final class PoolUseRules {

    private static final String IPS = "spec.ips";

    private PoolUseRules() {}

    static void change(Review review, Block block, @Nullable IpPool stored) {
        var name = review.name().name();
        if (!review.knows(Known.ENDPOINTS, IPS, "whether Pods have addresses that would be taken away")) {
            return;
        }
        var given = Allocations.of(review.now()).from(name);
        var lost = given.stream()
                .filter(each -> !block.total().contains(each.address()))
                .toList();
        if (block.whole() && !lost.isEmpty()) {
            review.refuse(
                    IPS,
                    "takes away %s: delete or move these Pods first, or keep the addresses"
                            .formatted(Words.some(lost)));
        }
        unknown(review, given, stored);
        boolean disables = review.spec().flag("disable", false) && (stored == null || !stored.disabled());
        if (disables && !given.isEmpty()) {
            review.warn(
                    "spec.disable",
                    "%d Pods have addresses of the pool: they keep them, but their successors get none from it"
                            .formatted(given.size()));
        }
    }

    private static void unknown(Review review, List<Given> given, @Nullable IpPool stored) {
        if (stored != null && stored.allocatedIpCount() > given.size()) {
            review.warn(
                    IPS,
                    "status.allocatedIPCount is %d, but SpiderEndpoints show only %d: other addresses may be in use,"
                                    .formatted(stored.allocatedIpCount(), given.size())
                            + " which are not known (U37)");
        }
    }

    static void deletion(Review review, @Nullable IpPool stored) {
        var name = review.name().name();
        var given = Allocations.of(review.now()).from(name);
        boolean known = review.knows(Known.ENDPOINTS, "", "whether Pods have addresses of the pool");
        if (!given.isEmpty()) {
            review.refuse(
                    "",
                    "its addresses are in use: %s; delete these Pods first, or the pool stays in deletion"
                            .formatted(Words.some(given)));
        } else if (stored != null && stored.allocatedIpCount() > 0) {
            review.refuse(
                    "",
                    "status.allocatedIPCount is %d%s: the pool would stay in deletion until they are released"
                            .formatted(
                                    stored.allocatedIpCount(),
                                    known ? ", though no SpiderEndpoint shows them (U37)" : ""));
        }
        var users = users(review, name);
        if (!users.isEmpty()) {
            review.warn("", "networks name it: %s; their new Pods would not start".formatted(Words.some(users)));
        }
    }

    private static List<String> users(Review review, String pool) {
        if (!review.knows(Known.ATTACHMENTS, "", "whether a network names the pool")) {
            return List.of();
        }
        return review.now().spiderpool().networkAttachments().stream()
                .filter(each -> each.config().contains("\"" + pool + "\""))
                .map(NetworkAttachment::name)
                .map(String::valueOf)
                .toList();
    }
}
