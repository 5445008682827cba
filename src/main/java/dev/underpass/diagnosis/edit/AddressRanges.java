package dev.underpass.diagnosis.edit;

import static dev.underpass.diagnosis.edit.AddressRange.ORDER;

import dev.underpass.net.IpAddress;
import dev.underpass.words.Sentence;
import dev.underpass.words.Worded;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A set of addresses, kept as ranges because an IPv6 one cannot be listed.
///
/// @param ranges in order, with at least one address between each two
public record AddressRanges(List<AddressRange> ranges) implements Worded {

    static final AddressRanges NONE = new AddressRanges(List.of());

    public AddressRanges {
        ranges = List.copyOf(ranges);
    }

    /// All addresses of these ranges, which may overlap.
    public static AddressRanges of(Collection<AddressRange> any) {
        var sorted = new ArrayList<>(any);
        sorted.sort(Comparator.comparing(AddressRange::first, ORDER));
        var joined = new ArrayList<AddressRange>();
        for (var range : sorted) {
            var before = joined.isEmpty() ? null : joined.getLast();
            if (before == null || !touches(before, range)) {
                joined.add(range);
            } else if (ORDER.compare(before.last(), range.last()) < 0) {
                joined.set(joined.size() - 1, new AddressRange(before.first(), range.last()));
            }
        }
        return new AddressRanges(joined);
    }

    private static boolean touches(AddressRange before, AddressRange range) {
        return before.family() == range.family()
                && (before.contains(range.first()) || before.last().next().equals(range.first()));
    }

    static AddressRanges of(AddressRange range) {
        return new AddressRanges(List.of(range));
    }

    /// The ranges of a stored object; what is none is passed over.
    public static AddressRanges parse(Collection<String> texts) {
        var ranges = new ArrayList<AddressRange>();
        for (var text : texts) {
            try {
                ranges.add(AddressRange.parse(text));
            } catch (IllegalArgumentException _) {
                // Spiderpool refuses such a one too, so no Pod has its addresses.
            }
        }
        return of(ranges);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /// How many addresses there are.
    public BigInteger size() {
        return ranges.stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// Whether the address is one of them.
    public boolean contains(IpAddress address) {
        int at = indexOf(address);
        return at < ranges.size() && ranges.get(at).contains(address);
    }

    boolean overlaps(AddressRange range) {
        int at = indexOf(range.first());
        return at < ranges.size() && ORDER.compare(ranges.get(at).first(), range.last()) <= 0;
    }

    /// Those of one family.
    public AddressRanges of(IpAddress.Family family) {
        return new AddressRanges(
                ranges.stream().filter(range -> range.family() == family).toList());
    }

    /// The addresses from one on, in their order; worked out only as far as they are asked for.
    public Stream<IpAddress> from(IpAddress start) {
        return ranges.stream()
                .skip(indexOf(start))
                .map(range -> range.contains(start) ? new AddressRange(start, range.last()) : range)
                .flatMap(range -> Stream.iterate(range.first(), IpAddress::next)
                        .limit(range.size()
                                .min(BigInteger.valueOf(Long.MAX_VALUE))
                                .longValue()));
    }

    /// The index of the first range that does not end before the address.
    private int indexOf(IpAddress address) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ORDER.compare(ranges.get(middle).last(), address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The addresses that are in both.
    public AddressRanges intersection(AddressRanges other) {
        if (ranges.size() > other.ranges.size()) {
            return other.intersection(this);
        }
        var common = new ArrayList<AddressRange>();
        for (var range : ranges) {
            for (int i = other.indexOf(range.first()); i < other.ranges.size(); i++) {
                var theirs = other.ranges.get(i);
                if (ORDER.compare(theirs.first(), range.last()) > 0) {
                    break;
                }
                common.add(
                        new AddressRange(later(range.first(), theirs.first()), earlier(range.last(), theirs.last())));
            }
        }
        return new AddressRanges(common);
    }

    private static IpAddress later(IpAddress one, IpAddress other) {
        return ORDER.compare(one, other) < 0 ? other : one;
    }

    private static IpAddress earlier(IpAddress one, IpAddress other) {
        return ORDER.compare(one, other) < 0 ? one : other;
    }

    /// The addresses that are in this one only.
    public AddressRanges minus(AddressRanges other) {
        var left = new ArrayList<AddressRange>();
        for (var range : ranges) {
            cut(range, other, left);
        }
        return new AddressRanges(left);
    }

    private static void cut(AddressRange range, AddressRanges other, List<AddressRange> left) {
        var start = range.first();
        for (int i = other.indexOf(start); i < other.ranges.size(); i++) {
            var theirs = other.ranges.get(i);
            if (ORDER.compare(theirs.first(), range.last()) > 0) {
                break;
            }
            if (ORDER.compare(start, theirs.first()) < 0) {
                left.add(new AddressRange(start, theirs.first().previous()));
            }
            if (ORDER.compare(theirs.last(), range.last()) >= 0) {
                return;
            }
            start = theirs.last().next();
        }
        left.add(new AddressRange(start, range.last()));
    }

    @Override
    public Sentence words() {
        return Words.some(ranges);
    }

    @Override
    public String toString() {
        return words().toString();
    }
}
