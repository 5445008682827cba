package dev.underpass.diagnosis.edit;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.words.Sentence;
import java.math.BigInteger;
import java.util.Comparator;

/// The addresses from one to another, both included, as Spiderpool writes them: `10.6.212.200-10.6.212.254`.
public record AddressRange(IpAddress first, IpAddress last) {

    /// By family, then as numbers.
    public static final Comparator<IpAddress> ORDER = AddressRange::compare;

    /// The longest text that can be two addresses.
    private static final int LONGEST = 2 * 45 + 1;

    public AddressRange {
        if (first.family() != last.family()) {
            throw new WrongText(PoolPhrases.DIFFERENT_FAMILIES.with(first, last));
        }
        if (ORDER.compare(first, last) > 0) {
            throw new WrongText(PoolPhrases.REVERSED.with(last, first));
        }
    }

    private static int compare(IpAddress one, IpAddress other) {
        int byFamily = one.family().compareTo(other.family());
        int byHigh = byFamily != 0 ? byFamily : Long.compareUnsigned(one.high(), other.high());
        return byHigh != 0 ? byHigh : Long.compareUnsigned(one.low(), other.low());
    }

    /// All addresses of a prefix.
    public static AddressRange of(IpPrefix prefix) {
        int free = prefix.network().family().bits() - prefix.length();
        var network = prefix.network();
        boolean six = network.family() == Family.IPV6;
        long high = network.high() | trailingOnes(six ? free - Long.SIZE : free) << (six ? 0 : Integer.SIZE);
        return new AddressRange(
                network, new IpAddress(network.family(), high, six ? network.low() | trailingOnes(free) : 0));
    }

    private static long trailingOnes(int count) {
        return count <= 0 ? 0 : -1L >>> (Long.SIZE - Math.min(count, Long.SIZE));
    }

    /// Reads an address, or two with a hyphen between them and no spaces.
    ///
    /// @throws WrongText saying what is wrong and, where it is plain, what would be right
    static AddressRange parse(String text) {
        if (text.contains("/")) {
            throw new WrongText(noRange(text));
        }
        int hyphen = text.indexOf('-');
        if (text.length() > LONGEST || text.indexOf('-', hyphen + 1) > hyphen || text.indexOf(' ') >= 0) {
            throw new WrongText(PoolPhrases.FIRST_LAST.with());
        }
        var first = Prefixes.plain(hyphen < 0 ? text : text.substring(0, hyphen));
        return new AddressRange(first, hyphen < 0 ? first : Prefixes.plain(text.substring(hyphen + 1)));
    }

    private static Sentence noRange(String text) {
        return Prefixes.around(text)
                .map(prefix -> PoolPhrases.PREFIX_AS_RANGE.with(of(prefix)))
                .orElseGet(() -> PoolPhrases.PREFIX_NO_RANGE.with());
    }

    public Family family() {
        return first.family();
    }

    public boolean contains(IpAddress address) {
        return ORDER.compare(first, address) <= 0 && ORDER.compare(address, last) <= 0;
    }

    boolean contains(AddressRange other) {
        return contains(other.first) && contains(other.last);
    }

    public BigInteger size() {
        return number(last).subtract(number(first)).add(BigInteger.ONE);
    }

    private static BigInteger number(IpAddress address) {
        var high = new BigInteger(Long.toUnsignedString(address.high()));
        return address.family() == Family.IPV4
                ? high.shiftRight(Integer.SIZE)
                : high.shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(address.low())));
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
