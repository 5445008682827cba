package dev.underpass.netfilter;

import dev.underpass.words.Phrase;
import java.util.List;

/// What must hold for a rule to act.
sealed interface Condition extends Statement {

    Truth truth(Passage passage, Rule rule);

    /// The value is one of these.
    record OneOf(Expression left, Elements<Boolean> right) implements Condition {
        @Override
        public Truth truth(Passage passage, Rule rule) {
            var value = left.in(passage, rule);
            return switch (value) {
                case Value.Missing missing -> missing == Value.Missing.ABSENT ? Truth.NO : Truth.UNKNOWN;
                case Value.Drawn drawn -> drawn(drawn);
                case Value.Numeric _, Value.Address _, Value.Name _, Value.Tuple _ -> member(value);
            };
        }

        private Truth member(Value value) {
            if (right.find(value) == null) {
                return right.incomplete() ? Truth.UNKNOWN : Truth.NO;
            }
            return right.volatileMembers() ? Truth.CHANCE : Truth.YES;
        }

        private Truth drawn(Value.Drawn drawn) {
            var results = right.reachable(drawn);
            return results.size() > 1 ? Truth.CHANCE : Truth.of(!results.contains(null));
        }
    }

    /// Any of these bits is set.
    record AnyBit(Expression left, long bits) implements Condition {
        @Override
        public Truth truth(Passage passage, Rule rule) {
            return switch (left.in(passage, rule)) {
                case Value.Numeric(var value) -> Truth.of((value & bits) != 0);
                case Value.Missing missing -> missing == Value.Missing.ABSENT ? Truth.NO : Truth.UNKNOWN;
                case Value.Address _, Value.Name _, Value.Tuple _, Value.Drawn _ -> Truth.UNKNOWN;
            };
        }
    }

    /// Holds where the other does not; a field that the packet lacks makes both fail.
    record Not(Condition condition) implements Condition {
        @Override
        public Truth truth(Passage passage, Rule rule) {
            return lacksField(passage, rule)
                    ? Truth.NO
                    : condition.truth(passage, rule).negated();
        }

        private boolean lacksField(Passage passage, Rule rule) {
            return switch (condition) {
                case OneOf(var left, var _) -> left.in(passage, rule) == Value.Missing.ABSENT;
                case AnyBit(var left, var _) -> left.in(passage, rule) == Value.Missing.ABSENT;
                case Not _, Either _, IfTracked _, Assumed _, Always _ -> false;
            };
        }
    }

    record Either(List<Condition> conditions) implements Condition {
        public Either {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Truth truth(Passage passage, Rule rule) {
            var truths = conditions.stream().map(c -> c.truth(passage, rule)).toList();
            return truths.contains(Truth.YES)
                    ? Truth.YES
                    : truths.contains(Truth.UNKNOWN)
                            ? Truth.UNKNOWN
                            : truths.contains(Truth.CHANCE) ? Truth.CHANCE : Truth.NO;
        }
    }

    /// `-m conntrack` with a state and more: what is not tracked is asked for its state only
    /// (`xt_conntrack.c`).
    record IfTracked(Condition condition) implements Condition {
        @Override
        public Truth truth(Passage passage, Rule rule) {
            return passage.connection() == null ? Truth.YES : condition.truth(passage, rule);
        }
    }

    /// What depends on earlier packets and is taken for granted: a limit not reached, a new client.
    record Assumed(boolean holds, Phrase why) implements Condition {
        @Override
        public Truth truth(Passage passage, Rule rule) {
            return Truth.of(holds);
        }
    }

    /// The same for every packet: an unknown match, a lottery.
    record Always(Truth truth) implements Condition {
        @Override
        public Truth truth(Passage passage, Rule rule) {
            return truth;
        }
    }
}
