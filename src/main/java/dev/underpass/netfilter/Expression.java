package dev.underpass.netfilter;

import dev.underpass.net.DeviceName;
import dev.underpass.net.IpAddress;
import dev.underpass.net.IpAddress.Family;
import dev.underpass.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a rule computes from a packet: nft's expressions, which those of iptables fit into.
sealed interface Expression {

    /// Its value for a packet.
    ///
    /// @param rule the rule that asks, for choices
    Value in(Passage passage, Rule rule);

    /// How the values of each field are written.
    default List<Kind> kinds() {
        return List.of(Kind.NUMBER);
    }

    record Constant(Value value) implements Expression {
        @Override
        public Value in(Passage passage, Rule rule) {
            return value;
        }
    }

    /// A field that some packets do not have.
    ///
    /// @param family of the packets that have it; null for both
    /// @param protocols that have it; empty for all
    record Field(Selector selector, @Nullable Family family, Set<Protocol> protocols) implements Expression {
        public Field {
            protocols = Set.copyOf(protocols);
        }

        static Field of(Selector selector) {
            return new Field(selector, null, Set.of());
        }

        @Override
        public Value in(Passage passage, Rule rule) {
            var packet = passage.packet();
            boolean present = (family == null || family == packet.family())
                    && (protocols.isEmpty() || protocols.contains(packet.protocol()));
            return present ? selector.read(passage) : Value.Missing.ABSENT;
        }

        @Override
        public List<Kind> kinds() {
            return List.of(selector.kind());
        }
    }

    /// `addrtype`, `fib daddr type`.
    ///
    /// @param onInput count only addresses of the receiving device as local
    /// @param onOutput the same of the sending device
    record TypeOf(Expression address, boolean onInput, boolean onOutput) implements Expression {
        @Override
        public Value in(Passage passage, Rule rule) {
            if (!(address.in(passage, rule) instanceof Value.Address(var ip))) {
                return Value.Missing.ABSENT;
            }
            var type = passage.surroundings().typeOf(ip);
            var device = device(passage);
            boolean elsewhere = type == dev.underpass.net.AddressType.LOCAL
                    && device != null
                    && !passage.surroundings().isLocalOn(ip, device);
            return Value.of(elsewhere ? "unicast" : type.name().toLowerCase(Locale.ROOT));
        }

        private @Nullable DeviceName device(Passage passage) {
            return onInput ? passage.in() : onOutput ? passage.out() : null;
        }

        @Override
        public List<Kind> kinds() {
            return List.of(Kind.NAME);
        }
    }

    /// `mark & 0x4000`, `mark ^ 0x4000`.
    record Bits(Expression left, Operator operator, Expression right) implements Expression {

        enum Operator {
            AND,
            OR,
            XOR,
            SHIFT_LEFT,
            SHIFT_RIGHT
        }

        @Override
        public Value in(Passage passage, Rule rule) {
            return combined(left.in(passage, rule), right.in(passage, rule));
        }

        private Value combined(Value first, Value second) {
            if (first instanceof Value.Numeric(var a) && second instanceof Value.Numeric(var b)) {
                return Value.of(combined(a, b));
            }
            if (first instanceof Value.Address(var a)
                    && second instanceof Value.Address(var b)
                    && a.family() == b.family()) {
                return Value.of(new IpAddress(a.family(), combined(a.high(), b.high()), combined(a.low(), b.low())));
            }
            boolean absent = first == Value.Missing.ABSENT || second == Value.Missing.ABSENT;
            return absent ? Value.Missing.ABSENT : Value.Missing.UNKNOWN;
        }

        private long combined(long a, long b) {
            return switch (operator) {
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
                case SHIFT_LEFT -> (a << b) & 0xffffffffL;
                case SHIFT_RIGHT -> a >>> b;
            };
        }

        @Override
        public List<Kind> kinds() {
            return left.kinds();
        }
    }

    /// `numgen random mod 2`.
    record Draw(Value.Drawn value) implements Expression {
        @Override
        public Value in(Passage passage, Rule rule) {
            return value;
        }
    }

    record Concat(List<Expression> parts) implements Expression {
        public Concat {
            parts = List.copyOf(parts);
        }

        @Override
        public Value in(Passage passage, Rule rule) {
            var values = new ArrayList<Value>(parts.size());
            for (var part : parts) {
                var value = part.in(passage, rule);
                if (value instanceof Value.Missing || value instanceof Value.Drawn) {
                    return value instanceof Value.Missing ? value : Value.Missing.UNKNOWN;
                }
                values.add(value);
            }
            return new Value.Tuple(values);
        }

        @Override
        public List<Kind> kinds() {
            return parts.stream().flatMap(part -> part.kinds().stream()).toList();
        }
    }

    /// `KEY map { … }`.
    record Lookup(Expression key, Elements<Value> data) implements Expression {
        @Override
        public Value in(Passage passage, Rule rule) {
            var value = key.in(passage, rule);
            var found = data.choose(value, passage, rule);
            if (found != null) {
                return found;
            }
            boolean undecided = value == Value.Missing.UNKNOWN || data.incomplete();
            return undecided ? Value.Missing.UNKNOWN : Value.Missing.ABSENT;
        }
    }

    /// Something that cannot be computed from a report, or that we do not know.
    enum Opaque implements Expression {
        UNKNOWN;

        @Override
        public Value in(Passage passage, Rule rule) {
            return Value.Missing.UNKNOWN;
        }
    }
}
