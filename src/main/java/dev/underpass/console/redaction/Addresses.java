package dev.underpass.console.redaction;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Maps addresses so that every relation between addresses, prefixes and ranges stays true, and that each stays of its
/// class: private, public, link-local, multicast, loopback.
final class Addresses {

    /// Prefixes that are mapped to themselves, each address within to another one of it.
    private static final List<IpPrefix> CLASSES = List.of(
            IpPrefix.parse("10.0.0.0/8"),
            IpPrefix.parse("100.64.0.0/10"),
            IpPrefix.parse("172.16.0.0/12"),
            IpPrefix.parse("192.168.0.0/16"),
            IpPrefix.parse("2000::/3"),
            IpPrefix.parse("fc00::/8"),
            IpPrefix.parse("fd00::/8"),
            IpPrefix.parse("fe80::/64"));

    /// Prefixes whose addresses say nothing of a cluster, and mean something to the kernel.
    private static final List<IpPrefix> SPECIAL = List.of(
            IpPrefix.parse("0.0.0.0/8"),
            IpPrefix.parse("127.0.0.0/8"),
            IpPrefix.parse("169.254.0.0/16"),
            IpPrefix.parse("224.0.0.0/3"),
            IpPrefix.parse("::/96"),
            IpPrefix.parse("64:ff9b::/96"),
            IpPrefix.parse("ff00::/8"),
            // Calico gives each veth on the node the MAC ee:ee:ee:ee:ee:ee, and so this address.
            IpPrefix.parse("fe80::ecee:eeff:feee:eeee/128"));

    private final Map<Family, BitScrambler> scramblers = new EnumMap<>(Family.class);
    private final Map<IpAddress, IpAddress> known = new HashMap<>();

    /// @param ranges those that must be ranges afterwards, too
    Addresses(byte[] key, Iterable<AddressRange> ranges) {
        for (var family : Family.values()) {
            scramblers.put(family, new BitScrambler(keyOf(family, key)));
        }
        CLASSES.forEach(prefix -> pin(prefix.network(), 0, prefix.length()));
        SPECIAL.forEach(prefix -> pin(prefix.network(), 0, prefix.length()));
        for (var range : ranges) {
            // Along both ends nothing flips, so that all between them stays between them.
            pin(range.first(), range.common(), bits(range.first()));
            pin(range.last(), range.common(), bits(range.last()));
        }
    }

    private static byte[] keyOf(Family family, byte[] key) {
        var name = family.name().getBytes(StandardCharsets.UTF_8);
        var result = new byte[name.length + key.length];
        System.arraycopy(name, 0, result, 0, name.length);
        System.arraycopy(key, 0, result, name.length, key.length);
        return result;
    }

    private static int bits(IpAddress address) {
        return address.family().bits();
    }

    private BitScrambler scrambler(IpAddress address) {
        return Objects.requireNonNull(scramblers.get(address.family()));
    }

    private void pin(IpAddress address, int from, int to) {
        scrambler(address).pin(address.high(), address.low(), from, to);
    }

    static boolean isSpecial(IpAddress address) {
        return SPECIAL.stream().anyMatch(prefix -> prefix.contains(address));
    }

    /// Whether the address stays what it is by the rules, not by chance.
    boolean isKept(IpAddress address) {
        var scrambler = scrambler(address);
        boolean kept = isSpecial(address);
        for (int i = 0; !kept && i < bits(address); i++) {
            if (!scrambler.isPinned(address.high(), address.low(), i)) {
                return false;
            }
        }
        return true;
    }

    IpAddress of(IpAddress address) {
        return known.computeIfAbsent(address, each -> of(each, bits(each)));
    }

    IpPrefix of(IpPrefix prefix) {
        return new IpPrefix(of(prefix.network(), prefix.length()), prefix.length());
    }

    private IpAddress of(IpAddress address, int length) {
        boolean special = SPECIAL.stream().anyMatch(each -> each.contains(address) && each.length() <= length);
        if (special) {
            return address.masked(length);
        }
        var image = scrambler(address).scrambled(address.high(), address.low(), length);
        return new IpAddress(address.family(), image[0], image[1]);
    }
}
