package dev.underpass.diagnosis.edit;

import dev.underpass.cluster.SpiderpoolResources.IpPool;
import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.words.Sentence;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rules of the pools that a network names.
final class PoolNameRules {

    private final Review review;
    private final Part section;
    private final Map<String, IpPool> pools;

    PoolNameRules(Review review, Part section) {
        this.review = review;
        this.section = section;
        this.pools = review.now().spiderpool().ipPools().stream()
                .collect(Collectors.toMap(IpPool::name, Function.identity(), (first, _) -> first));
    }

    void check() {
        section.part("ippools").ifPresent(named -> {
            var ipv4 = named.texts("ipv4");
            var ipv6 = named.texts("ipv6");
            boolean any = !ipv4.isEmpty() || !ipv6.isEmpty();
            if (any && review.spec().flag("disableIPAM", false)) {
                review.warn(named.path(), NetworkPhrases.NO_IPAM.with());
            }
            if (any && review.knows(Known.POOLS, named.path(), NetworkPhrases.IF_POOLS_THERE.with())) {
                check(ipv4, Family.IPV4);
                check(ipv6, Family.IPV6);
            }
        });
    }

    private void check(List<Entry> names, Family family) {
        for (var entry : names) {
            if (review.problems().tooMany(entry.path())) {
                return;
            }
            var pool = pools.get(entry.text());
            if (entry.text().chars().anyMatch(c -> "*?[".indexOf(c) >= 0)) {
                pattern(entry);
            } else if (pool == null) {
                review.refuse(entry.path(), NetworkPhrases.NO_POOL.with(Words.quoted(entry.text()), offered(family)));
            } else {
                pool(entry, pool, family);
            }
        }
    }

    private Sentence offered(Family family) {
        var names = pools.values().stream()
                .filter(pool -> pool.subnet().network().family() == family)
                .map(IpPool::name)
                .sorted()
                .toList();
        return names.isEmpty() ? Sentence.NONE : Phrases.THERE_ARE.with(Words.some(names));
    }

    private void pool(Entry entry, IpPool pool, Family family) {
        var theirs = pool.subnet().network().family();
        if (theirs != family) {
            review.refuse(
                    entry.path(),
                    NetworkPhrases.OTHER_FAMILY.with(
                            pool.name(),
                            Prefixes.name(theirs),
                            pool.subnet(),
                            theirs == Family.IPV4 ? "ipv4" : "ipv6"));
        }
        if (pool.disabled()) {
            review.warn(entry.path(), NetworkPhrases.DISABLED.with(pool.name()));
        } else if (pool.totalIpCount() > 0 && pool.allocatedIpCount() >= pool.totalIpCount()) {
            review.warn(
                    entry.path(),
                    NetworkPhrases.EXHAUSTED.with(pool.name(), pool.allocatedIpCount(), pool.totalIpCount()));
        }
    }

    /// Spiderpool takes `v4-*` as well.
    private void pattern(Entry entry) {
        var start = entry.text().split("[*?\\[]", 2)[0];
        if (pools.keySet().stream().noneMatch(name -> name.startsWith(start))) {
            review.warn(entry.path(), NetworkPhrases.NO_POOL_LIKE.with(Words.quoted(entry.text())));
        }
    }
}
