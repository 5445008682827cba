package dev.underpass.net;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// An IPv4 or IPv6 address, left-aligned in 128 bits: IPv4 fills the top 32 bits of `high`.
public record IpAddress(Family family, long high, long low) {

    /// The address families that the kernel routes, with their width in bits.
    public enum Family {
        IPV4(Integer.SIZE),
        IPV6(2 * Long.SIZE);

        private final int bits;

        Family(int bits) {
            this.bits = bits;
        }

        public int bits() {
            return bits;
        }
    }

    private static final long MAPPED = 0xffffL << Integer.SIZE;
    private static final Pattern ZERO_RUN = Pattern.compile("\\b0(?::0)+\\b");

    public IpAddress {
        if (family == Family.IPV4 && (low != 0 || (int) high != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /// Reads a dotted quad or an IPv6 literal; never asks DNS. `::ffff:10.0.0.1` is an IPv6 address here.
    ///
    /// @throws IllegalArgumentException if the text is neither, or has a short form (`10.1`) or
    ///   a zone (`%eth0`)
    public static IpAddress parse(String text) {
        if (text.contains("%")) {
            throw new IllegalArgumentException("address with a zone: " + text);
        }
        var literal = InetAddress.ofLiteral(text);
        var bytes = ByteBuffer.wrap(literal.getAddress());
        if (!(literal instanceof Inet4Address)) {
            return new IpAddress(Family.IPV6, bytes.getLong(), bytes.getLong());
        }
        if (text.contains(":")) {
            return new IpAddress(Family.IPV6, 0, MAPPED | Integer.toUnsignedLong(bytes.getInt()));
        }
        if (!literal.getHostAddress().equals(text)) {
            throw new IllegalArgumentException("not a dotted quad: " + text);
        }
        return new IpAddress(Family.IPV4, (long) bytes.getInt() << Integer.SIZE, 0);
    }

    /// Whether this is an IPv4 address in the form that IPv6 sockets use for it, `::ffff:0:0/96` (RFC 4291).
    public boolean isMapped() {
        return family == Family.IPV6 && high == 0 && (low & -1L << Integer.SIZE) == MAPPED;
    }

    /// The IPv4 address that a mapped one stands for, to which a socket really connects or is bound; others as they
    /// are.
    public IpAddress unmapped() {
        return isMapped() ? new IpAddress(Family.IPV4, low << Integer.SIZE, 0) : this;
    }

    /// This address with every bit after the first `length` cleared.
    public IpAddress masked(int length) {
        long maskedHigh = high & leadingOnes(length);
        long maskedLow = low & leadingOnes(length - Long.SIZE);
        boolean same = maskedHigh == high && maskedLow == low;
        return same ? this : new IpAddress(family, maskedHigh, maskedLow);
    }

    /// The address after this one; the first of the family after its last.
    public IpAddress next() {
        return family == Family.IPV4
                ? new IpAddress(family, high + (1L << Integer.SIZE), 0)
                : new IpAddress(family, high + (low == -1 ? 1 : 0), low + 1);
    }

    /// The address before this one; the last of the family before its first.
    public IpAddress previous() {
        return family == Family.IPV4
                ? new IpAddress(family, high - (1L << Integer.SIZE), 0)
                : new IpAddress(family, high - (low == 0 ? 1 : 0), low - 1);
    }

    private static long leadingOnes(int count) {
        return count <= 0 ? 0 : -1L << (Long.SIZE - Math.min(count, Long.SIZE));
    }

    /// The canonical text: a dotted quad, or the shortest lower-case form of RFC 5952, section 5 included.
    @Override
    public String toString() {
        if (isMapped()) {
            return "::ffff:" + unmapped();
        }
        return switch (family) {
            case IPV4 ->
                IntStream.range(0, 4)
                        .mapToObj(i -> Long.toString(bits(8 * i, 8)))
                        .collect(joining("."));
            case IPV6 ->
                shortened(IntStream.range(0, 8)
                        .mapToObj(i -> Long.toHexString(bits(16 * i, 16)))
                        .collect(joining(":")));
        };
    }

    /// With a port as URLs and iproute2 write it: `10.233.42.25:80`, `[fd00::1]:80`.
    public String withPort(int port) {
        return (family == Family.IPV6 ? "[" + this + "]" : this) + ":" + port;
    }

    /// The `count` bits that start `from` bits from the left; none may straddle the two halves.
    private long bits(int from, int count) {
        long half = from < Long.SIZE ? high : low;
        return (half << (from % Long.SIZE)) >>> (Long.SIZE - count);
    }

    /// Replaces the longest run of zero groups, the first of equals, by `::`.
    private static String shortened(String groups) {
        return ZERO_RUN.matcher(groups)
                .results()
                .max(comparingInt(run -> run.end() - run.start()))
                .map(run -> groups.substring(0, Math.max(0, run.start() - 1))
                        + "::"
                        + groups.substring(Math.min(groups.length(), run.end() + 1)))
                .orElse(groups);
    }
}
