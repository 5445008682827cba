package dev.underpass.netfilter;

import dev.underpass.net.IpPrefix;
import java.util.List;

/// Which values an element of a set, or the right side of a comparison, stands for.
sealed interface Pattern {

    boolean covers(Value value);

    record Exactly(Value value) implements Pattern {
        @Override
        public boolean covers(Value other) {
            return value.equals(other);
        }
    }

    /// Both ends included.
    record Between(Value first, Value last) implements Pattern {
        @Override
        public boolean covers(Value value) {
            return first.upTo(value) && value.upTo(last);
        }
    }

    record Within(IpPrefix prefix) implements Pattern {
        @Override
        public boolean covers(Value value) {
            return value instanceof Value.Address(var address) && prefix.contains(address);
        }
    }

    /// `eth+` of iptables, `eth*` of nft.
    record StartingWith(String start) implements Pattern {
        @Override
        public boolean covers(Value value) {
            return value instanceof Value.Name(var name) && name.startsWith(start);
        }
    }

    /// A concatenation whose fields each have their own pattern.
    record Each(List<Pattern> parts) implements Pattern {
        public Each {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean covers(Value value) {
            if (!(value instanceof Value.Tuple(var values)) || values.size() != parts.size()) {
                return false;
            }
            for (int i = 0; i < values.size(); i++) {
                if (!parts.get(i).covers(values.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The `*` of a map.
    enum Wildcard implements Pattern {
        ANYTHING;

        @Override
        public boolean covers(Value value) {
            return true;
        }
    }

    /// A pattern that only one value fits, where that is so.
    static Pattern each(List<Pattern> parts) {
        if (parts.stream().allMatch(Exactly.class::isInstance)) {
            return new Exactly(new Value.Tuple(
                    parts.stream().map(p -> ((Exactly) p).value()).toList()));
        }
        return new Each(parts);
    }
}
