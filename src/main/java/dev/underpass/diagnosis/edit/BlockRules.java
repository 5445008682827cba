package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.AddressRange.ORDER;

import dev.underpass.diagnosis.edit.Block.Item;
import dev.underpass.diagnosis.edit.Part.Entry;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of a block of addresses by itself: a subnet, ranges within it, and a gateway.
final class BlockRules {

    /// Spiderpool lists every address in memory when it compares pools.
    private static final BigInteger MANY = BigInteger.valueOf(1 << 17);

    private static final BigInteger TOO_MANY = BigInteger.valueOf(1 << 24);

    private static final List<IpPrefix> UNUSABLE = List.of(
            IpPrefix.parse("127.0.0.0/8"),
            IpPrefix.parse("224.0.0.0/4"),
            IpPrefix.parse("240.0.0.0/4"),
            IpPrefix.parse("ff00::/8"),
            IpPrefix.parse("fe80::/10"));

    private final Problems problems;
    private final Part spec;
    private boolean whole = true;

    private BlockRules(Problems problems, Part spec) {
        this.problems = problems;
        this.spec = spec;
    }

    /// Checks the block, and reads what can be read of it.
    static Block check(Review review) {
        return new BlockRules(review.problems(), review.spec()).check();
    }

    private Block check() {
        var subnet = subnet();
        version(subnet);
        var ips = ranges("ips", subnet);
        var excluded = ranges("excludeIPs", subnet);
        var gateway = gateway(subnet);
        var total = Block.ranges(ips).minus(Block.ranges(excluded));
        var block = new Block(subnet, ips, excluded, gateway, total, whole);
        uselessExclusions(block);
        taken(block);
        ends(block);
        size(block);
        return block;
    }

    private @Nullable IpPrefix subnet() {
        var text = spec.text("subnet");
        if (text.isEmpty()) {
            if (spec.has("subnet")) {
                problems.refuse("spec.subnet", PoolPhrases.NO_SUBNET.with());
            }
            return null;
        }
        var prefix = Prefixes.read(problems, new Entry("spec.subnet", text.get()), "192.0.2.0/24");
        prefix.flatMap(each -> UNUSABLE.stream()
                        .filter(unusable -> unusable.contains(each))
                        .findFirst())
                .ifPresent(unusable -> problems.refuse("spec.subnet", PoolPhrases.UNUSABLE.with(text.get(), unusable)));
        return prefix.orElse(null);
    }

    private void version(@Nullable IpPrefix subnet) {
        var version = spec.whole("ipVersion");
        if (subnet != null && version.isPresent()) {
            long right = subnet.network().family() == Family.IPV4 ? 4 : 6;
            if (version.get() != right && version.get() >= 4 && version.get() <= 6) {
                problems.refuse(
                        "spec.ipVersion",
                        PoolPhrases.OTHER_VERSION.with(
                                version.get(),
                                subnet,
                                Prefixes.name(subnet.network().family()),
                                right));
            }
        }
    }

    private List<Item> ranges(String field, @Nullable IpPrefix subnet) {
        var entries = spec.texts(field);
        var items = RangeLists.read(problems, entries);
        whole &= items.size() == entries.size();
        if (subnet != null) {
            items.stream().takeWhile(item -> !problems.tooMany(item.path())).forEach(item -> within(subnet, item));
        }
        return items;
    }

    private void within(IpPrefix subnet, Item item) {
        var range = item.range();
        if (range.family() != subnet.network().family()) {
            problems.refuse(
                    item.path(), PoolPhrases.RANGE_OF_OTHER_VERSION.with(range, Prefixes.name(range.family()), subnet));
        } else if (!subnet.contains(range.first()) || !subnet.contains(range.last())) {
            problems.refuse(item.path(), PoolPhrases.NOT_WITHIN.with(range, subnet, AddressRange.of(subnet)));
        }
    }

    private @Nullable IpAddress gateway(@Nullable IpPrefix subnet) {
        var text = spec.text("gateway");
        if (text.isEmpty()) {
            return null;
        }
        var address = Prefixes.address(text.get());
        if (address.isEmpty()) {
            problems.refuse("spec.gateway", PoolPhrases.NO_ROUTER.with(Words.quoted(text.get())));
        } else if (subnet != null && !subnet.contains(address.get())) {
            problems.refuse("spec.gateway", PoolPhrases.ROUTER_OUTSIDE.with(address.get(), subnet));
        }
        return address.orElse(null);
    }

    /// The gateway's own address is for no Pod.
    private void taken(Block block) {
        var gateway = block.gateway();
        if (gateway != null && block.total().contains(gateway)) {
            var at = block.ips().stream()
                    .filter(item -> item.range().contains(gateway))
                    .findFirst()
                    .map(Item::path)
                    .orElse("spec.ips");
            problems.refuse(at, PoolPhrases.HAS_GATEWAY.with(gateway));
        }
    }

    private void uselessExclusions(Block block) {
        if (!block.whole()) {
            return;
        }
        var ips = Block.ranges(block.ips());
        for (var item : block.excluded()) {
            if (problems.tooMany(item.path())) {
                return;
            }
            if (!ips.overlaps(item.range())) {
                problems.warn(item.path(), PoolPhrases.EXCLUDES_NOTHING.with(item.range()));
            }
        }
    }

    /// The network's and the broadcast address.
    private void ends(Block block) {
        var subnet = block.subnet();
        if (subnet == null || subnet.length() > subnet.network().family().bits() - 2) {
            return;
        }
        var all = AddressRange.of(subnet);
        boolean six = all.family() == Family.IPV6;
        end(block, subnet, all.first(), six ? PoolPhrases.ANYCAST_ADDRESS : PoolPhrases.NETWORK_ADDRESS);
        if (!six) {
            end(block, subnet, all.last(), PoolPhrases.BROADCAST_ADDRESS);
        }
    }

    private void end(Block block, IpPrefix subnet, IpAddress address, PoolPhrases what) {
        if (block.total().contains(address)) {
            item(block, address)
                    .ifPresent(
                            item -> problems.warn(item.path(), PoolPhrases.HAS_END.with(address, what.with(), subnet)));
        }
    }

    private static Optional<Item> item(Block block, IpAddress address) {
        return block.ips().stream()
                .filter(each -> each.range().contains(address))
                .min(Comparator.comparing(each -> each.range().first(), ORDER));
    }

    private void size(Block block) {
        var size = block.total().size();
        if (size.compareTo(TOO_MANY) > 0) {
            problems.refuse("spec.ips", PoolPhrases.TOO_MANY_ADDRESSES.with(size, MANY));
        } else if (size.compareTo(MANY) > 0) {
            problems.warn("spec.ips", PoolPhrases.MANY_ADDRESSES.with(size, MANY));
        }
    }
}
