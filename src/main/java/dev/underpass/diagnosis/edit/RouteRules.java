package dev.underpass.diagnosis.edit;

import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.diagnosis.edit.TakenRanges.Taken;
import dev.underpass.net.IpPrefix;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of the routes that a pool or subnet gives to its Pods.
final class RouteRules {

    private final Review review;
    private final Block block;
    private final TakenRanges taken;
    private final Set<IpPrefix> seen = new HashSet<>();

    private RouteRules(Review review, Block block, TakenRanges taken) {
        this.review = review;
        this.block = block;
        this.taken = taken;
    }

    static void check(Review review, Block block, TakenRanges taken) {
        var rules = new RouteRules(review, block, taken);
        if (review.spec().has("routes")) {
            review.knows(Known.COORDINATORS, "spec.routes", PoolPhrases.IF_SHADOWS.with());
        }
        review.spec().parts("routes").stream()
                .takeWhile(route -> !review.problems().tooMany(route.path()))
                .forEach(rules::route);
    }

    private void route(Part route) {
        route.text("dst")
                .flatMap(text -> Prefixes.read(review.problems(), new Entry(route.at("dst"), text), "198.51.100.0/24"))
                .ifPresent(to -> destination(route.at("dst"), to));
        route.text("gw").ifPresent(text -> gateway(new Entry(route.at("gw"), text)));
        for (var field : new String[] {"dst", "gw"}) {
            if (route.has(field) && route.text(field).isEmpty()) {
                review.refuse(route.at(field), PoolPhrases.ROUTE_INCOMPLETE.with());
            }
        }
    }

    private void destination(String field, IpPrefix to) {
        var subnet = block.subnet();
        if (to.length() == 0) {
            review.refuse(field, PoolPhrases.DEFAULT_ROUTE.with(to));
            return;
        }
        if (!seen.add(to)) {
            review.refuse(field, PoolPhrases.SAME_DESTINATION.with(to));
        }
        if (subnet != null && to.network().family() != subnet.network().family()) {
            review.refuse(
                    field,
                    PoolPhrases.ROUTE_OF_OTHER_VERSION.with(
                            to, Prefixes.name(to.network().family()), subnet));
        } else if (subnet != null && subnet.contains(to)) {
            review.warn(field, PoolPhrases.ROUTE_WITHIN.with(to, subnet));
        }
        taken.all().stream()
                .filter(each -> each.prefix().contains(to))
                .findFirst()
                .ifPresentOrElse(each -> shadow(field, to, each), () -> hijacked(field, to));
    }

    /// U18: the most specific route wins, and of two that are the same the one that was there first.
    private void shadow(String field, IpPrefix to, Taken range) {
        var where = to.equals(range.prefix()) ? PoolPhrases.IS_THE : PoolPhrases.IS_WITHIN_THE;
        var message = PoolPhrases.SHADOWS.with(to, where.with(), range);
        if (range.use() == TakenRanges.Use.CLUSTER) {
            review.warn(field, message);
        } else {
            review.refuse(field, PoolPhrases.LEAVE_OUT.with(message));
        }
    }

    private void hijacked(String field, IpPrefix to) {
        review.now().spiderpool().coordinators().stream()
                .limit(1)
                .map(each -> each.settings().hijackCidrs())
                .filter(Objects::nonNull)
                .flatMap(texts -> texts.stream())
                .filter(text -> covers(text, to))
                .findFirst()
                .ifPresent(text -> review.warn(field, PoolPhrases.SHADOWS_HIJACKED.with(to, text)));
    }

    private static boolean covers(@Nullable String text, IpPrefix to) {
        return text != null
                && Prefixes.around(text).filter(prefix -> prefix.contains(to)).isPresent();
    }

    private void gateway(Entry entry) {
        var address = Prefixes.address(entry.text());
        var subnet = block.subnet();
        if (address.isEmpty()) {
            review.refuse(entry.path(), PoolPhrases.NO_ROUTER.with(Words.quoted(entry.text())));
        } else if (subnet != null && !subnet.contains(address.get())) {
            review.refuse(entry.path(), PoolPhrases.ROUTER_OUTSIDE.with(address.get(), subnet));
        } else if (block.total().contains(address.get())) {
            review.warn(entry.path(), PoolPhrases.ROUTER_AMONG_IPS.with(address.get()));
        }
    }
}
