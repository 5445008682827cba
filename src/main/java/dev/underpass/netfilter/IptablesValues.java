package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.IpPrefix;
import dev.underpass.net.Protocol;
import dev.underpass.netfilter.Expression.Bits;
import dev.underpass.netfilter.Expression.Bits.Operator;
import dev.underpass.netfilter.Expression.Constant;
import dev.underpass.netfilter.Expression.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arguments as iptables-save writes them: addresses with masks, port ranges, marks.
///
/// Each throws IllegalArgumentException for text that cannot be read.
final class IptablesValues {

    private static final long ALL_ONES = 0xffffffffL;

    private IptablesValues() {}

    /// `10.0.0.0/8`, `2001:db8::1`, `10.0.0.1/255.0.0.255`.
    static Condition addresses(Selector selector, String text, @Nullable Family family) {
        int slash = text.indexOf('/');
        var address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (family != null && address.family() != family) {
            throw new IllegalArgumentException("an address of the other family: " + text);
        }
        if (slash < 0) {
            return oneOf(Field.of(selector), new Pattern.Exactly(Value.of(address)));
        }
        var mask = text.substring(slash + 1);
        if (mask.indexOf('.') < 0 && mask.indexOf(':') < 0) {
            return prefix(selector, IpPrefix.around(address, length(mask, address)));
        }
        var bits = IpAddress.parse(mask);
        int length = Long.numberOfLeadingZeros(~bits.high());
        length += length == Long.SIZE ? Long.numberOfLeadingZeros(~bits.low()) : 0;
        if (address.masked(length).equals(and(address, bits)) && bits.equals(ones(bits.family(), length))) {
            return prefix(selector, IpPrefix.around(address, length));
        }
        return oneOf(
                new Bits(Field.of(selector), Operator.AND, new Constant(Value.of(bits))),
                new Pattern.Exactly(Value.of(and(address, bits))));
    }

    private static int length(String mask, IpAddress address) {
        int length = Integer.parseInt(mask);
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("length out of range: " + mask);
        }
        return length;
    }

    private static IpAddress ones(Family family, int length) {
        return family == Family.IPV4
                ? new IpAddress(family, ALL_ONES << Integer.SIZE, 0).masked(length)
                : new IpAddress(family, -1, -1).masked(length);
    }

    private static IpAddress and(IpAddress address, IpAddress mask) {
        return new IpAddress(address.family(), address.high() & mask.high(), address.low() & mask.low());
    }

    private static Condition prefix(Selector selector, IpPrefix prefix) {
        boolean host = prefix.length() == prefix.network().family().bits();
        return oneOf(
                Field.of(selector),
                host ? new Pattern.Exactly(Value.of(prefix.network())) : new Pattern.Within(prefix));
    }

    /// `10.0.0.1-10.0.0.9`.
    static Condition addressRange(Selector selector, String text) {
        int dash = text.indexOf('-');
        var first = IpAddress.parse(dash < 0 ? text : text.substring(0, dash));
        var last = dash < 0 ? first : IpAddress.parse(text.substring(dash + 1));
        return oneOf(Field.of(selector), new Pattern.Between(Value.of(first), Value.of(last)));
    }

    /// `eth0`, `veth+`.
    static Condition devices(Selector selector, String text) {
        return oneOf(
                Field.of(selector),
                text.endsWith("+")
                        ? new Pattern.StartingWith(text.substring(0, text.length() - 1))
                        : new Pattern.Exactly(Value.of(text)));
    }

    static Condition protocol(Selector selector, String text) {
        var name = text.toLowerCase(Locale.ROOT);
        if (name.equals("all") || name.equals("0")) {
            return new Condition.Always(Truth.YES);
        }
        boolean numeric = name.chars().allMatch(c -> c >= '0' && c <= '9');
        var value = Kind.PROTOCOL.value(numeric ? Integer.valueOf(name) : name);
        return oneOf(Field.of(selector), new Pattern.Exactly(value));
    }

    /// `80`, `1000:2000`, `80,443,8000:8100`.
    static Condition ports(Expression port, String text) {
        return oneOf(
                port,
                Arrays.stream(text.split(",", -1)).map(IptablesValues::ports).toArray(Pattern[]::new));
    }

    private static Pattern ports(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Pattern.Exactly(Value.of(port(text, 0)));
        }
        return new Pattern.Between(
                Value.of(port(text.substring(0, colon), 0)), Value.of(port(text.substring(colon + 1), 65_535)));
    }

    private static int port(String text, int otherwise) {
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    /// `0x4000`, `0x4000/0x4000`.
    static Condition masked(Selector selector, String text) {
        var mark = Mark.parse(text);
        var field = Field.of(selector);
        return oneOf(
                mark.mask() == ALL_ONES ? field : new Bits(field, Operator.AND, new Constant(Value.of(mark.mask()))),
                new Pattern.Exactly(Value.of(mark.value())));
    }

    /// A mark with the bits it is about.
    record Mark(long value, long mask) {

        static Mark parse(String text) {
            int slash = text.indexOf('/');
            return slash < 0
                    ? new Mark(number(text), ALL_ONES)
                    : new Mark(number(text.substring(0, slash)), number(text.substring(slash + 1)));
        }
    }

    /// A 32-bit number, decimal or `0x…`.
    static long number(String text) {
        long number = Long.decode(text);
        if (number < 0 || number > ALL_ONES) {
            throw new IllegalArgumentException("not a 32-bit number: " + text);
        }
        return number;
    }

    static Condition tcpFlags(String mask, String set) {
        return oneOf(
                new Bits(
                        new Field(Selector.TCP_FLAGS, null, Set.of(Protocol.TCP)),
                        Operator.AND,
                        new Constant(Value.of(flags(mask)))),
                new Pattern.Exactly(Value.of(flags(set))));
    }

    private static long flags(String names) {
        return switch (names) {
            case "ALL" -> 0x3f;
            case "NONE" -> 0;
            default -> {
                long bits = 0;
                for (var name : names.toLowerCase(Locale.ROOT).split(",", -1)) {
                    if (!(Kind.TCP_FLAGS.value(name) instanceof Value.Numeric(var bit))) {
                        throw new IllegalArgumentException("no TCP flag: " + name);
                    }
                    bits |= bit;
                }
                yield bits;
            }
        };
    }

    private static Condition oneOf(Expression left, Pattern... patterns) {
        return new Condition.OneOf(left, Elements.of(patterns));
    }
}
