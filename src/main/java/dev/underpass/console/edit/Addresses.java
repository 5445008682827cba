package dev.underpass.console.edit;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Addresses of one family in ranges that do not meet, in their order; however many, only the ranges are held.
///
/// @param family of all of them
record Addresses(Family family, List<Range> ranges) {

    /// Consecutive addresses, as numbers.
    record Range(BigInteger first, BigInteger last) {

        BigInteger size() {
            return last.subtract(first).add(BigInteger.ONE);
        }

        boolean contains(BigInteger number) {
            return first.compareTo(number) <= 0 && number.compareTo(last) <= 0;
        }
    }

    /// The addresses of any ranges of the family; those of the other are left out.
    static Addresses of(Family family, Stream<Range> ranges) {
        var merged = new ArrayList<Range>();
        for (var range : ranges.sorted(Comparator.comparing(Range::first)).toList()) {
            var before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && range.first().compareTo(before.last().add(BigInteger.ONE)) <= 0) {
                merged.set(
                        merged.size() - 1,
                        new Range(before.first(), before.last().max(range.last())));
            } else {
                merged.add(range);
            }
        }
        return new Addresses(family, List.copyOf(merged));
    }

    /// Reads `ADDRESS` or `FIRST-LAST`; empty for another family, and for what is neither.
    static Optional<Range> parse(Family family, String text) {
        var ends = text.split("-", -1);
        var first = number(family, ends[0]);
        var last = number(family, ends[ends.length - 1]);
        return ends.length <= 2
                        && first.isPresent()
                        && last.isPresent()
                        && first.get().compareTo(last.get()) <= 0
                ? Optional.of(new Range(first.get(), last.get()))
                : Optional.empty();
    }

    private static Optional<BigInteger> number(Family family, String text) {
        try {
            var address = IpAddress.parse(text.strip());
            return address.family() == family ? Optional.of(number(address)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static BigInteger number(IpAddress address) {
        var whole = unsigned(address.high()).shiftLeft(Long.SIZE).or(unsigned(address.low()));
        return address.family() == Family.IPV4 ? whole.shiftRight(Family.IPV6.bits() - Family.IPV4.bits()) : whole;
    }

    private static BigInteger unsigned(long half) {
        return new BigInteger(Long.toUnsignedString(half));
    }

    IpAddress address(BigInteger number) {
        var whole = family == Family.IPV4 ? number.shiftLeft(Family.IPV6.bits() - Family.IPV4.bits()) : number;
        return new IpAddress(family, whole.shiftRight(Long.SIZE).longValue(), whole.longValue());
    }

    boolean contains(IpAddress address) {
        return address.family() == family && ranges.stream().anyMatch(range -> range.contains(number(address)));
    }

    BigInteger size() {
        return ranges.stream().map(Range::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// The addresses from one on, in their order; worked out only as far as they are asked for.
    Stream<IpAddress> from(BigInteger start) {
        return ranges.stream()
                .filter(range -> range.last().compareTo(start) >= 0)
                .flatMap(range -> Stream.iterate(
                        range.first().max(start),
                        number -> number.compareTo(range.last()) <= 0,
                        number -> number.add(BigInteger.ONE)))
                .map(this::address);
    }
}
