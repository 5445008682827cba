package dev.underpass.console.redaction;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpPrefix;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All addresses of a bundle, and the choice of what they become.
final class SeenAddresses {

    private static final int TRIES = 500;

    private final Set<IpAddress> addresses = new HashSet<>();
    private final Set<IpPrefix> prefixes = new HashSet<>();
    private final Set<AddressRange> ranges = new HashSet<>();
    private final Set<String> macs = new HashSet<>();

    void add(IpAddress address) {
        addresses.add(address);
    }

    void add(IpPrefix prefix) {
        if (prefix.length() == prefix.network().family().bits()) {
            addresses.add(prefix.network());
        } else {
            prefixes.add(prefix);
        }
    }

    void add(AddressRange range) {
        ranges.add(range);
        addresses.add(range.first());
        addresses.add(range.last());
    }

    void addMac(String mac) {
        macs.add(mac.toLowerCase(Locale.ROOT));
    }

    Stream<String> macs() {
        return macs.stream();
    }

    /// A mapping by which no address becomes one that the bundle had, if that is possible.
    Addresses images(byte[] key) {
        var best = new Addresses(key(key, 0), ranges);
        for (int i = 0; i < TRIES && collides(best); i++) {
            best = new Addresses(key(key, i + 1), ranges);
        }
        return best;
    }

    private static byte[] key(byte[] key, int attempt) {
        return ByteBuffer.allocate(key.length + Integer.BYTES)
                .put(key)
                .putInt(attempt)
                .array();
    }

    private boolean collides(Addresses images) {
        return prefixes.stream().anyMatch(prefix -> isLong(prefix) && prefixes.contains(images.of(prefix)))
                || addresses.stream()
                        .anyMatch(address -> !images.isKept(address) && addresses.contains(images.of(address)));
    }

    /// Of a short one many more bits are given by its class.
    private static boolean isLong(IpPrefix prefix) {
        int least = switch (prefix.network().family()) {
            case IPV4 -> 20;
            case IPV6 -> 32;
        };
        return prefix.length() >= least && !Addresses.isSpecial(prefix.network());
    }

    /// The addresses that have another one now, in their usual text; not those that a prefix begins with that stays.
    Stream<String> replaced(Addresses images) {
        var begins = prefixes.stream()
                .filter(prefix -> images.of(prefix).equals(prefix))
                .map(IpPrefix::network)
                .collect(Collectors.toSet());
        return addresses.stream()
                .filter(address -> !begins.contains(address))
                .filter(address -> !images.of(address).equals(address))
                .map(IpAddress::toString);
    }
}
