package dev.underpass.netfilter;

import dev.underpass.netfilter.Evidence.Step;
import java.util.EnumSet;

/// Runs the parts of one rule on a packet, in their order.
final class RuleRun {

    private final Translation translation;

    RuleRun(Translation translation) {
        this.translation = translation;
    }

    /// What the rule says of the packet; CONTINUE if it does not match or only changes it.
    Verdict verdict(Rule rule, Passage passage) {
        var statements = rule.statements();
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i) instanceof Condition) {
                int end = endOfConditions(rule, i);
                if (!holds(rule, i, end, passage)) {
                    return Verdict.Plain.CONTINUE;
                }
                i = end - 1;
                continue;
            }
            var verdict = effect(statements.get(i), rule, passage);
            if (verdict != Verdict.Plain.CONTINUE) {
                return verdict == Verdict.Plain.BREAK ? Verdict.Plain.CONTINUE : verdict;
            }
        }
        return Verdict.Plain.CONTINUE;
    }

    private static int endOfConditions(Rule rule, int from) {
        int end = from;
        while (end < rule.statements().size() && rule.statements().get(end) instanceof Condition) {
            end++;
        }
        return end;
    }

    /// Whether these conditions hold together; what they leave open is asked only if no other
    /// fails.
    private static boolean holds(Rule rule, int from, int end, Passage passage) {
        var open = EnumSet.noneOf(Truth.class);
        boolean assumedNot = false;
        for (int i = from; i < end; i++) {
            var condition = (Condition) rule.statements().get(i);
            var truth = condition.truth(passage, rule);
            boolean assumed = condition instanceof Condition.Assumed;
            if (truth == Truth.NO && !assumed) {
                return false;
            }
            assumedNot |= truth == Truth.NO;
            open.add(truth);
        }
        if (assumedNot) {
            passage.note(Step.FILTER, rule, rule.assuming(Phrases.DOES_NOT_MATCH.with()));
            return false;
        }
        return (!open.contains(Truth.UNKNOWN) || passage.choose(Choices.Kind.UNKNOWN_RULE, rule, 2) == 1)
                && (!open.contains(Truth.CHANCE) || passage.choose(Choices.Kind.BACKEND, rule, 2) == 1);
    }

    private Verdict effect(Statement statement, Rule rule, Passage passage) {
        return switch (statement) {
            case Condition _ -> Verdict.Plain.CONTINUE;
            case Verdict verdict -> verdict;
            case Statement.SetMark(var value) -> mark(value.in(passage, rule), rule, passage);
            case Statement.SetConnectionMark(var value) -> connectionMark(value.in(passage, rule), rule, passage);
            case Statement.Untrack _ -> {
                passage.untracked();
                passage.note(Step.CONNTRACK, rule, Phrases.NOT_TRACKED.with(passage.packet()));
                yield Verdict.Plain.CONTINUE;
            }
            case Statement.VerdictMap(var key, var data) -> mapped(key.in(passage, rule), data, rule, passage);
            case Statement.Translate translate -> translation.bind(translate, rule, passage);
        };
    }

    private static Verdict mapped(Value key, Elements<Verdict> data, Rule rule, Passage passage) {
        var found = data.choose(key, passage, rule);
        if (found != null) {
            return found;
        }
        return key == Value.Missing.UNKNOWN || data.incomplete()
                ? new Verdict.Unknown("the key or an element is not known")
                : Verdict.Plain.BREAK;
    }

    private static Verdict mark(Value value, Rule rule, Passage passage) {
        if (!(value instanceof Value.Numeric(var number))) {
            return unset(value);
        }
        int old = passage.packet().mark();
        passage.becomes(passage.packet().withMark((int) number));
        if (old != (int) number) {
            passage.note(Step.MARK, rule, rule.assuming(Phrases.MARK_BECOMES.with(hex(old), hex((int) number))));
        }
        return Verdict.Plain.CONTINUE;
    }

    private static Verdict connectionMark(Value value, Rule rule, Passage passage) {
        var connection = passage.connection();
        if (connection == null) {
            return Verdict.Plain.CONTINUE;
        }
        if (!(value instanceof Value.Numeric(var number))) {
            return unset(value);
        }
        int old = connection.mark();
        connection.mark((int) number);
        if (old != (int) number) {
            passage.note(Step.MARK, rule, Phrases.CONNECTION_MARK_BECOMES.with(hex(old), hex((int) number)));
        }
        return Verdict.Plain.CONTINUE;
    }

    private static String hex(int mark) {
        return "0x" + Integer.toHexString(mark);
    }

    private static Verdict unset(Value value) {
        return value == Value.Missing.UNKNOWN ? new Verdict.Unknown("the mark is not known") : Verdict.Plain.CONTINUE;
    }
}
