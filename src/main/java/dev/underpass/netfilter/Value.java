package dev.underpass.netfilter;

import dev.underpass.net.IpAddress;
import java.util.Comparator;
import java.util.List;

/// What rules compare: a field of a packet, of its connection or of its surroundings.
sealed interface Value {

    record Numeric(long value) implements Value {}

    record Address(IpAddress value) implements Value {}

    /// A device, a protocol, an address type: whatever nft writes as a word.
    record Name(String value) implements Value {}

    /// A concatenation: `ip daddr . meta l4proto . th dport`.
    record Tuple(List<Value> parts) implements Value {
        public Tuple {
            parts = List.copyOf(parts);
        }
    }

    /// A number that the kernel draws: `numgen random mod 3`.
    record Drawn(long modulus, long offset) implements Value {}

    /// No value at all.
    enum Missing implements Value {
        /// The packet has no such field: the rule does not match.
        ABSENT,
        /// Nobody can tell from a report.
        UNKNOWN
    }

    static Value of(long number) {
        return new Numeric(number);
    }

    static Value of(IpAddress address) {
        return new Address(address);
    }

    static Value of(String name) {
        return new Name(name);
    }

    Comparator<IpAddress> BY_ADDRESS = Comparator.comparing(IpAddress::family)
            .thenComparing(IpAddress::high, Long::compareUnsigned)
            .thenComparing(IpAddress::low, Long::compareUnsigned);

    /// Whether this value stands at or before another of its sort; false when they are of two
    /// sorts.
    default boolean upTo(Value other) {
        return switch (this) {
            case Numeric(var value) -> other instanceof Numeric(var limit) && value <= limit;
            case Address(var value) ->
                other instanceof Address(var limit)
                        && value.family() == limit.family()
                        && BY_ADDRESS.compare(value, limit) <= 0;
            case Name(var value) -> other instanceof Name(var limit) && value.compareTo(limit) <= 0;
            case Tuple _, Drawn _, Missing _ -> false;
        };
    }
}
