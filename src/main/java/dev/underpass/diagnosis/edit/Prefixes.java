package dev.underpass.diagnosis.edit;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Prefixes and addresses as people write them into fields.
final class Prefixes {

    private static final int LONGEST = 49;

    private Prefixes() {}

    /// The prefix that a text means, even with host bits set; none if it means no prefix.
    static Optional<IpPrefix> around(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var address = plain(text.substring(0, slash));
            int length = Integer.parseInt(text.substring(slash + 1));
            return length < 0 || length > address.family().bits()
                    ? Optional.empty()
                    : Optional.of(IpPrefix.around(address, length));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The same, and the prefix of an address alone.
    static Optional<IpPrefix> meant(String text) {
        return address(text)
                .map(address -> new IpPrefix(address, address.family().bits()))
                .or(() -> around(text));
    }

    /// The widest of some prefixes that covers a narrower one.
    static Optional<IpPrefix> widest(Set<IpPrefix> prefixes, IpPrefix narrow) {
        return IntStream.range(0, narrow.length())
                .mapToObj(length -> IpPrefix.around(narrow.network(), length))
                .filter(prefixes::contains)
                .findFirst();
    }

    /// Reads an address as a person writes it; an IPv4 address in IPv6's form is none.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    static IpAddress plain(String text) {
        var address = parsed(text);
        if (address.isMapped()) {
            throw new WrongText(PoolPhrases.MAPPED.with(text, address.unmapped()));
        }
        return address;
    }

    private static IpAddress parsed(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            var why = PoolPhrases.UNREADABLE.with(Words.shortened(text));
            throw new WrongText(Words.inEnglish(String.valueOf(e.getMessage()), why));
        }
    }

    static Optional<IpAddress> address(String text) {
        try {
            return text.length() > LONGEST ? Optional.empty() : Optional.of(plain(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// A field's prefix; what is wrong with it becomes a problem.
    ///
    /// @param example what would be right
    static Optional<IpPrefix> read(Problems problems, Part.Entry entry, String example) {
        var prefix = around(entry.text());
        if (prefix.isEmpty()) {
            problems.refuse(entry.path(), PoolPhrases.NO_CIDR.with(Words.quoted(entry.text()), example));
            return Optional.empty();
        }
        if (!hasItsOwnAddress(prefix.get(), entry.text())) {
            problems.refuse(entry.path(), PoolPhrases.HOST_BITS.with(Words.quoted(entry.text()), prefix.get()));
        }
        return prefix;
    }

    private static boolean hasItsOwnAddress(IpPrefix prefix, String text) {
        return address(text.substring(0, text.indexOf('/')))
                .filter(prefix.network()::equals)
                .isPresent();
    }

    static String name(Family family) {
        return switch (family) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }

    static boolean overlap(IpPrefix one, IpPrefix other) {
        return one.contains(other) || other.contains(one);
    }
}
